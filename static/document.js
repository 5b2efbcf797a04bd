// Comforts of a document: previews of names, stepping through mentions, open contents. The page works without.
{
const D = document, $ = (s, r = D) => r.querySelector(s), $$ = (s, r = D) => [...r.querySelectorAll(s)];
const make = (tag, text, set) => Object.assign(D.createElement(tag), { textContent: text || '' }, set);

// Previews: what they show is the list at the end of the page, so nothing is fetched.
let box, on, timer;
const shut = () => { clearTimeout(timer); if (on) { box.hidden = true; on.removeAttribute('aria-describedby'); on = null } };
const later = () => { clearTimeout(timer); timer = setTimeout(shut, 250) };
const open = a => {
  const from = D.getElementById('e-' + a.dataset.e);
  if (!from) return;
  if (!box) {
    box = D.body.appendChild(make('div', '', { id: 'page-peek', className: 'peek' }));
    box.onpointerenter = () => clearTimeout(timer);
    box.onpointerleave = later;
  }
  box.replaceChildren(...[...from.childNodes].map(n => n.cloneNode(true)));
  $$('a', box).forEach(e => e.tabIndex = -1);
  box.hidden = false;
  const r = a.getClientRects()[0], w = box.offsetWidth, h = box.offsetHeight;
  box.style.left = Math.max(8, Math.min(r.left, innerWidth - w - 8)) + scrollX + 'px';
  box.style.top = (r.bottom + h + 12 > innerHeight && r.top > h + 12 ? r.top - h - 4 : r.bottom + 4) + scrollY + 'px';
  on = a;
  a.setAttribute('aria-describedby', 'page-peek');
};
const soon = (a, ms) => { clearTimeout(timer); if (a !== on) timer = setTimeout(() => { shut(); open(a) }, ms) };
const name = e => e.target.closest?.('a.e');
D.addEventListener('pointerover', e => { if (e.pointerType === 'mouse' && name(e)) soon(name(e), 350) });
D.addEventListener('pointerout', e => { if (name(e)) later() });
D.addEventListener('focusin', e => {
  if (name(e)?.matches(':focus-visible')) soon(name(e), 150);
  else if (!box?.contains(e.target)) shut();
});
D.addEventListener('keydown', e => { if (e.key === 'Escape') shut() });

// A name's count leads to its first mention, then to the next; with Shift to the one before.
D.addEventListener('click', e => {
  const a = e.target.closest('a.n[href^="#"]');
  if (!a) return;
  const id = (a.closest('[id^="e-"]')?.id || on && 'e-' + on.dataset.e).slice(2);
  const all = $$('.prose [data-e]').filter(m => m.dataset.e === id), at = all.findIndex(m => m.classList.contains('now'));
  const to = all[(at + (e.shiftKey ? -1 : 1) + all.length) % all.length];
  if (!to) return;
  e.preventDefault();
  shut();
  $$('.now').forEach(m => m.classList.remove('now'));
  to.classList.add('now');
  to.tabIndex = to.href ? 0 : -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: 'center' });
});

// The contents stand open beside the text, closed above it.
const toc = $('.toc details');
if (toc && innerWidth >= 1024) toc.open = true;
}
