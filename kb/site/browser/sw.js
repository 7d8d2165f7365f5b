// The worker of a reader who keeps the book on the device; until a copy is kept it only hands on.
// Each page first asks the site, in 300 bytes, which edition it has. The same as the copy: the page
// comes from the device, at once. Another: from the site, for a ruling may have been set aside since.
// No answer: from the copy, and the page says so. What a page loads afterwards comes from where the
// page came from, so that two editions are never mixed.
"use strict";
const root = self.registration.scope;
const NOTES = `writbase-notes ${new URL(root).pathname}`;
const PATIENCE = 4000;
const HOUR = 3600000;
let silentUntil = 0;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { url, method, mode } = event.request;
  if (method !== "GET" || !url.startsWith(root) || url.startsWith(`${root}offline/`)) return;
  event.respondWith(mode === "navigate" ? page(event) : part(event));
});

const noted = (name) => caches.match(root + name, { cacheName: NOTES, ignoreSearch: true });
const within = (time) => ({ cache: "no-store", signal: AbortSignal.timeout(time) });

async function page(event) {
  const note = await noted("kept");
  const kept = note && (await note.json());
  if (!kept || !(await caches.has(kept.cache))) return fetch(event.request);
  const state = await compared(kept.edition);
  const fresh = state === "newer" && (await fromSite(event.request));
  await remember(event.resultingClientId, fresh ? "" : kept.cache);
  if (fresh) return fresh;
  const found = (await copyOf(event.request, kept.cache)) || (await missing(kept.cache));
  return state === "same" ? found : dated(found, kept.built);
}

async function part(event) {
  const note = await noted(`client/${event.clientId}`);
  const cache = note && (await note.text());
  if (!cache) return fetch(event.request);
  return (await copyOf(event.request, cache)) || Response.error();
}

async function compared(edition) {
  if (Date.now() < silentUntil) return "silent";
  try {
    const answer = await fetch(`${root}offline/edition.json`, within(PATIENCE));
    const now = (await answer.json()).edition;
    if (!now) return "silent";
    return now === edition ? "same" : "newer";
  } catch (error) {
    // A line that swallows everything would cost the reader the whole patience on every page.
    if (error.name === "TimeoutError") silentUntil = Date.now() + 30000;
    return "silent";
  }
}

// Of a site of plain files, any other answer is that of somebody in between.
async function fromSite(request) {
  const patience = new Promise((done) => setTimeout(done, 2 * PATIENCE));
  const answer = await Promise.race([fetch(request).catch(() => null), patience]);
  return answer && (answer.ok || answer.status === 404 || answer.type === "opaqueredirect") && answer;
}

function copyOf(request, cache) {
  const url = request.url.split(/[?#]/)[0];
  return caches.match(url.endsWith("/") ? `${url}index.html` : url, { cacheName: cache });
}

async function missing(cache) {
  const { body, headers } = await caches.match(`${root}404.html`, { cacheName: cache });
  return new Response(body, { status: 404, headers });
}

async function dated(answer, built) {
  const text = await answer.text();
  const says = `<p class="kept">The site was not reached. This is <a href="${root}offline.html">the copy kept on this device</a>, of ${built.replace(/[<&]/g, "")}.</p>`;
  const { status, headers } = answer;
  return new Response(text.replace(/<main [^>]*>/, (main) => main + says), { status, headers });
}

// Kept outside the worker, which the browser stops and starts as it likes.
async function remember(client, cache) {
  const notes = await caches.open(NOTES);
  await notes.put(`${root}client/${client}?${Date.now()}`, new Response(cache));
  for (const { url } of await notes.keys()) {
    const [, id, time] = url.match(/\/client\/(.*)\?(\d+)$/) || [];
    if (id && Date.now() - time > HOUR && !(await self.clients.get(id))) await notes.delete(url);
  }
}
