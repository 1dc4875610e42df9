export type ThemeChoice = 'system' | 'light' | 'dark'
const key = 'patchbay.theme'

export function themeChoice(): ThemeChoice {
  try {
    const saved = localStorage.getItem(key)
    return saved === 'light' || saved === 'dark' ? saved : 'system'
  } catch {
    return 'system'
  }
}

function apply(choice: ThemeChoice) {
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}

export function setTheme(choice: ThemeChoice) {
  try {
    if (choice === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, choice)
  } catch {
    // Storage may be blocked; the choice then lasts until the page is left.
  }
  apply(choice)
}

export function followSystemTheme() {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => apply(themeChoice()))
}
