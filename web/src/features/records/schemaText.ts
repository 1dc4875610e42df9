import type { Entity } from '@/api/types'

type Schema = Entity['schema']

/** Text to a schema, or why it is none and on which line. What a schema may say is the server's to judge. */
export function parseSchema(text: string): { schema: Schema } | { problem: string; line: number | null } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return {
      problem: `Not valid JSON: ${error instanceof Error ? error.message : ''}`,
      line: lineOf(error, text),
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'A schema is a JSON object with properties.', line: 1 }
  return { schema: value as Schema }
}

/** Browsers say the line, or the position, or neither. */
function lineOf(error: unknown, text: string): number | null {
  const words = error instanceof Error ? error.message : ''
  const line = /line (\d+)/.exec(words)?.[1]
  if (line) return Number(line)
  const at = /position (\d+)/.exec(words)?.[1]
  if (at) return text.slice(0, Number(at)).split('\n').length
  return /end of/.test(words) ? text.split('\n').length : null
}
