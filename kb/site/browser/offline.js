// Keeping the whole book on this device, after one press and not before.
// The files of an edition go into a cache of their own, each compared with its digest; one note,
// written last, says which edition is kept. So a copy is used whole or not at all.
(() => {
  "use strict";
  const at = (id) => document.getElementById(`offline-${id}`);
  const root = new URL(".", location.href).href;
  const { pathname } = new URL(root);
  const prefix = `writbase ${pathname} `;
  const notes = `writbase-notes ${pathname}`;
  const worker = navigator.serviceWorker;
  const store = navigator.storage;
  const mb = (bytes) => `${(bytes / 1e6).toFixed(1)}\u00a0MB`;

  // The sentences stand in the page, each with its name; {} is what goes into them.
  const sentence = (name, ...parts) => {
    const text = at("sentences").querySelector(`[data-when="${name}"]`).textContent;
    return text.replace(/\{\}/g, () => parts.shift());
  };
  const say = (...texts) => (at("says").textContent = texts.filter(Boolean).join(" "));
  if (!worker || !self.caches || !self.DecompressionStream) return say(sentence("unable"));

  // --- what the site has, and what is here

  const ask = async (path) => {
    const signal = AbortSignal.timeout(300000);
    const answer = await fetch(`${root}offline/${path}`, { cache: "no-store", signal });
    if (!answer.ok) throw new Error(path);
    return answer;
  };
  const atSite = async () => (await ask("edition.json")).json();
  const kept = async () => {
    const note = await caches.match(`${root}kept`, { cacheName: notes });
    const copy = note && (await note.json());
    return copy && (await caches.has(copy.cache)) ? copy : {};
  };
  const mine = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));
  const clear = async (...but) => {
    for (const name of await mine()) if (!but.includes(name)) await caches.delete(name);
  };

  // --- bringing an edition

  const digest = async (bytes) => {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...hash.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const sound = async (bytes, wanted) => {
    if ((await digest(bytes)) !== wanted) throw new Error("damaged");
    return bytes;
  };
  const bring = async (path, wanted) => {
    for (let tries = 3; ; ) {
      try {
        return await sound(await (await ask(path)).arrayBuffer(), wanted);
      } catch (error) {
        if (!--tries) throw error;
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  };
  const types = { html: "text/html", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml" };
  const policy = document.querySelector("meta[http-equiv]").content;
  const unpack = async (bytes, files, cache) => {
    const gzip = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const all = await new Response(gzip).arrayBuffer();
    let start = 0;
    for (const [path, size, wanted] of files) {
      const file = await sound(all.slice(start, (start += size)), wanted);
      const headers = {
        "Content-Type": `${types[path.split(".").pop()] || "text/plain"}; charset=utf-8`,
        "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
      };
      await cache.put(root + path, new Response(file, { headers }));
    }
  };

  const keep = async (site) => {
    const name = prefix + site.edition;
    const list = JSON.parse(new TextDecoder().decode(await bring("files.json", site.edition)));
    await clear(name, (await kept()).cache);
    const cache = await caches.open(name);
    const here = new Set((await cache.keys()).map(({ url }) => url));
    const left = new Set(list.packs.filter(({ files }) => files.some(([path]) => !here.has(root + path))));
    const tell = () => {
      let bytes = site.packed;
      for (const pack of left) bytes -= pack.bytes;
      at("bar").value = bytes / site.packed;
      at("words").textContent = sentence("progress", list.packs.length - left.size, list.packs.length, mb(bytes), mb(site.packed));
      at("progress").hidden = false;
    };
    tell();
    const queue = [...left];
    let full;
    const work = async () => {
      for (let pack; !full && (pack = queue.shift()); ) {
        try {
          await unpack(await bring(`${pack.digest}.pack`, pack.digest), pack.files, cache);
          left.delete(pack);
          tell();
        } catch (error) {
          // A part that does not come keeps no other from coming; a full device does.
          if (error.name === "QuotaExceededError") full = error;
        }
      }
    };
    await Promise.all([work(), work()]);
    if (full) throw full;
    if (left.size) throw new Error("parts are missing");
    const note = JSON.stringify({ ...site, cache: name });
    await (await caches.open(notes)).put(`${root}kept`, new Response(note));
    await clear(name);
  };

  // --- the page

  const show = async (first) => {
    const copy = await kept();
    const site = await atSite().catch(() => ({}));
    const half = (await mine()).some((name) => name !== copy.cache);
    const isSame = copy.edition === site.edition;
    const of = (one) => [one.built, one.records];
    const isAlike = `${of(copy)}` === `${of(site)}`;
    at("progress").hidden = true;
    at("remove").hidden = !copy.edition && !half;
    at("keep").hidden = !site.edition || isSame;
    at("keep").disabled = false;
    at("keep").textContent = sentence(half ? "go-on" : copy.edition ? "renew" : "keep", mb(site.bytes), mb(site.packed));
    if (half) first = first || sentence("half");
    if (!copy.edition) return say(first, sentence(site.edition ? "none" : "silent"));
    const now = !site.edition ? "kept-silent" : isSame ? "same" : isAlike ? "remade" : "newer";
    const firm = store.persisted && (await store.persisted());
    say(first, sentence(now, ...of(copy), ...of(site)), sentence(firm ? "firm" : "loose"));
  };
  const why = async (error) => {
    if (error.name === "QuotaExceededError") {
      await clear((await kept()).cache);
      return sentence("full");
    }
    return sentence(/^(Security|InvalidState|NotSupported)Error$/.test(error.name) ? "refused" : "dropped");
  };
  const press = async () => {
    at("keep").disabled = true;
    say(sentence("fetching"));
    if (store.persist) store.persist().catch(() => {});
    let problem;
    try {
      const site = await atSite();
      await worker.register(`${root}sw.js`);
      await keep(site).catch(async (error) => {
        // Made anew meanwhile, the site has other parts.
        const now = await atSite();
        if (now.edition === site.edition) throw error;
        await keep(now);
      });
      await worker.ready;
    } catch (error) {
      problem = await why(error);
    }
    await show(problem);
    at("says").focus();
  };
  const remove = async () => {
    await clear();
    await caches.delete(notes);
    const registered = await worker.getRegistration(root);
    if (registered) await registered.unregister();
    await show(sentence("removed"));
    at("says").focus();
  };

  at("keep").addEventListener("click", () =>
    navigator.locks
      ? navigator.locks.request(prefix, { ifAvailable: true }, (lock) => (lock ? press() : say(sentence("elsewhere"))))
      : press(),
  );
  at("remove").addEventListener("click", remove);
  show().catch(async (error) => say(await why(error)));
})();
