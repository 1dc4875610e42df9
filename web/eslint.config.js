import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts', 'test-results'] },
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { 'react-hooks': hooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // The router signals a redirect by throwing it.
      '@typescript-eslint/only-throw-error': 'off',
      // fetch is allowed in one place, so that every request carries our header.
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Use src/api/client.ts.' },
        'confirm',
        'alert',
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Render text, never markup from outside.',
        },
      ],
    },
  },
  { files: ['src/api/*.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['dev/**/*.mjs', 'scripts/**/*.mjs', 'public/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        window: 'readonly',
        document: 'readonly',
        localStorage: 'readonly',
        matchMedia: 'readonly',
        location: 'readonly',
        fetch: 'readonly',
      },
    },
  },
)
