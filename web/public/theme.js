// Runs before first paint, as a file because the policy forbids inline script.
;(function () {
  var saved = null
  try {
    saved = localStorage.getItem('patchbay.theme')
  } catch {
    // Storage may be blocked; then the system's choice decides.
  }
  var dark = saved === 'dark' || (saved !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
