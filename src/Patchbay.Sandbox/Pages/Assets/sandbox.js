// Everything works without this file; it keeps counts honest and worlds live.
'use strict';

for (const form of document.querySelectorAll('[data-consent]')) {
  const boxes = [...form.querySelectorAll('input[type="checkbox"][name="scope"]')];
  if (boxes.length === 0) continue;
  const fixed = form.querySelectorAll('.permission').length - boxes.length;
  const all = form.querySelector('[data-tick-all]');
  const notice = form.querySelector('[data-unticked]');
  const show = () => {
    const left = boxes.filter(box => !box.checked).length;
    form.querySelector('[data-allow]').textContent = left === 0 ? 'Allow' : `Allow ${boxes.length + fixed - left} of ${boxes.length + fixed}`;
    notice.hidden = left === 0;
    form.querySelector('[data-unticked-count]').textContent = left === 1 ? 'One is not ticked.' : `${left} are not ticked.`;
    if (all) all.hidden = left === 0;
  };
  form.addEventListener('change', show);
  if (all) all.addEventListener('click', () => { boxes.forEach(box => { box.checked = true; }); show(); });
  show();
}

// A world page fetches itself again when something changed, and replaces only the parts marked data-live.
const lamp = () => document.querySelector('[data-lamp]');
const end = document.querySelector('[data-to-end]');
if (end) end.scrollTop = end.scrollHeight;

if (document.body.classList.contains('world-page')) {
  let waiting = null;
  const refresh = async () => {
    waiting = null;
    const reply = await fetch(location.href);
    if (!reply.ok) return;
    const next = new DOMParser().parseFromString(await reply.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = next.querySelector(`[data-live="${part.dataset.live}"]`);
      if (!fresh || fresh.innerHTML === part.innerHTML) continue;
      const scroller = part.closest('[data-to-end]');
      const atEnd = scroller && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
      part.replaceChildren(...document.importNode(fresh, true).childNodes);
      if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    }
  };
  const feed = new EventSource('/world/events');
  feed.onmessage = () => { waiting ??= setTimeout(refresh, 120); };
  feed.onopen = () => { const l = lamp(); if (l) { l.classList.remove('off'); l.textContent = 'Live'; } };
  feed.onerror = () => { const l = lamp(); if (l) { l.classList.add('off'); l.textContent = 'Not connected'; } };
  addEventListener('pagehide', () => feed.close());
}
