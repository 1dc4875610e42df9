/**
 * Must stay the first import of main.tsx. The page's policy lets a <style> in only with the response's nonce, and the
 * libraries that add one (scroll lock of dialogs, the code editor) know nothing of it: hand it to them here, once.
 */
export const cspNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

if (cspNonce) {
  Object.assign(globalThis, { __webpack_nonce__: cspNonce })
  const create = document.createElement.bind(document)
  document.createElement = (tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options)
    if (tag.toLowerCase() === 'style') element.nonce = cspNonce
    return element
  }
}
