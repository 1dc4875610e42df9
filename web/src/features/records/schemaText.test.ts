import { describe, expect, it } from 'vitest'
import { parseSchema } from './schemaText'

describe('the text of a schema', () => {
  it('is an object', () => {
    expect(parseSchema('{"type":"object","properties":{}}')).toEqual({
      schema: { type: 'object', properties: {} },
    })
    expect(parseSchema('[]')).toMatchObject({ line: 1 })
    expect(parseSchema('null')).toMatchObject({ line: 1 })
  })

  it('says where it is broken', () => {
    expect(parseSchema('{\n  "type": "object",\n  "properties": {,}\n}')).toMatchObject({ line: 3 })
    expect(parseSchema('{\n')).toHaveProperty('problem')
  })
})
