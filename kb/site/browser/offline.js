// Keeping the whole book on this device, after one press and not before.
// The files of an edition go into a cache of their own, each compared with its digest; one note,
// written last, says which edition is kept. So a copy is used whole or not at all.
(() => {
  "use strict";
  const at = (id) => document.getElementById(`offline-${id}`);
  const root = new URL(".", location.href).href;
  const prefix = `writbase ${new URL(root).pathname} `;
  const notes = `writbase-notes ${new URL(root).pathname}`;
  const headers = {
    "Content-Security-Policy": `${document.querySelector("meta[http-equiv]").content}; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  };
  const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", xml: "application/xml" };
  const say = (text) => (at("says").textContent = text);
  const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const from = ({ built, records }) => `${built} (records ${records})`;

  if (!navigator.serviceWorker || !self.caches || !self.DecompressionStream) {
    say("This browser keeps nothing for this site, or not in this kind of window. Take the kit below: it needs no such thing.");
    return;
  }

  // --- what the site has, and what is here

  const ask = async (path) => {
    const answer = await fetch(`${root}offline/${path}`, { cache: "no-store", signal: AbortSignal.timeout(120000) });
    if (!answer.ok) throw new Error(path);
    return answer;
  };
  const atSite = async () => (await ask("edition.json")).json();
  const kept = async () => {
    const note = await caches.match(`${root}kept`, { cacheName: notes });
    const copy = note && (await note.json());
    return copy && (await caches.has(copy.cache)) ? copy : null;
  };
  const clear = async (...but) => {
    for (const name of await caches.keys())
      if (name.startsWith(prefix) && !but.includes(name)) await caches.delete(name);
  };

  // --- bringing an edition

  const digest = async (bytes) => {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...hash.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const bring = async (path, wanted) => {
    for (let tries = 3; ; ) {
      try {
        const bytes = await (await ask(path)).arrayBuffer();
        if ((await digest(bytes)) === wanted) return bytes;
        throw new Error(path);
      } catch (error) {
        if (!--tries) throw error;
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  };
  const unpack = async (bytes, files, cache) => {
    const gzip = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const all = await new Response(gzip).arrayBuffer();
    let start = 0;
    for (const [path, size, wanted] of files) {
      const file = all.slice(start, (start += size));
      if ((await digest(file)) !== wanted) throw new Error(path);
      const type = TYPES[path.split(".").pop()] || "application/octet-stream";
      await cache.put(root + path, new Response(file, { headers: { ...headers, "Content-Type": `${type}; charset=utf-8` } }));
    }
  };
  const progress = (list, left) => {
    const sum = (packs) => packs.reduce((bytes, pack) => bytes + pack.bytes, 0);
    const [here, whole] = [sum(list.packs) - sum(left), sum(list.packs)];
    at("progress").hidden = false;
    at("bar").value = here / whole;
    at("words").textContent = `${list.packs.length - left.length} of ${list.packs.length} parts, ${mb(here)} of ${mb(whole)}.`;
  };

  const keep = async (site) => {
    const old = await kept();
    const name = prefix + site.edition;
    const list = JSON.parse(new TextDecoder().decode(await bring("files.json", site.edition)));
    await clear(name, old && old.cache);
    const cache = await caches.open(name);
    const here = new Set((await cache.keys()).map((request) => request.url));
    const left = list.packs.filter((pack) => pack.files.some(([path]) => !here.has(root + path)));
    const queue = [...left];
    let failed;
    const work = async () => {
      for (let pack; !failed && (pack = queue.shift()); ) {
        try {
          await unpack(await bring(`${pack.digest}.pack`, pack.digest), pack.files, cache);
          left.splice(left.indexOf(pack), 1);
          progress(list, left);
        } catch (error) {
          // A part that does not come must not keep the others from coming; a full disk must.
          if (error.name === "QuotaExceededError") failed = error;
        }
      }
    };
    progress(list, left);
    await Promise.all([work(), work()]);
    if (failed) throw failed;
    if (left.length) throw new Error(`${list.packs.length - left.length} of ${list.packs.length} parts are here and need not come again.`);
    const note = new Response(JSON.stringify({ ...site, cache: name }));
    await (await caches.open(notes)).put(`${root}kept`, note);
    await clear(name);
  };

  // --- the page

  const show = async (first = "") => {
    const copy = await kept();
    const site = await atSite().catch(() => null);
    const half = (await caches.keys()).some((name) => name.startsWith(prefix) && (!copy || name !== copy.cache));
    const isSame = copy && site && copy.edition === site.edition;
    const firm = copy && navigator.storage.persisted && (await navigator.storage.persisted());
    at("progress").hidden = true;
    at("remove").hidden = !copy && !half;
    at("remove").textContent = copy ? "Remove the copy" : "Remove what has come";
    at("keep").hidden = !site || isSame;
    at("keep").disabled = false;
    if (site) at("keep").textContent = `${half ? "Go on with the download" : copy ? "Bring it up to date" : "Keep this book on this device"} (${mb(site.bytes)})`;
    let now = "No copy is kept on this device.";
    if (isSame) now = `The whole book is on this device: the copy of ${from(copy)}, which is what the site has now.`;
    else if (copy && site) now = `The copy on this device is of ${from(copy)}; the site now has ${copy.built === site.built && copy.records === site.records ? "a newer making of the same" : from(site)}: bring it up to date.`;
    else if (copy) now = `The copy on this device is of ${from(copy)}. The site is not reached now, so whether it has a newer one is not known.`;
    else if (!site) now += " The site is not reached now.";
    if (half && !first) first = "A download did not finish; what has come need not come again.";
    if (copy) now += firm ? " The browser has promised not to drop it." : " The browser may drop it when room is short; the kit is never dropped.";
    say(`${first} ${now}`.trim());
  };

  const why = async (error) => {
    if (error.name === "QuotaExceededError") {
      const copy = await kept();
      await clear(copy && copy.cache);
      return "There is not enough room on this device, so nothing was changed. Free some and press again, or take the kit below: it also fits on a memory card.";
    }
    if (error.name === "SecurityError" || error.name === "InvalidStateError")
      return "This browser does not allow this site to keep anything. Take the kit below.";
    const parts = /parts are here/.test(error.message) ? ` ${error.message}` : "";
    return `The line dropped.${parts} Press again to go on.`;
  };

  const press = async () => {
    at("keep").disabled = true;
    say("The book is being fetched. Leave this page open; what has come need not come again.");
    if (navigator.storage.persist) navigator.storage.persist().catch(() => {});
    let first = "";
    try {
      let site = await atSite();
      await navigator.serviceWorker.register(`${root}sw.js`);
      await keep(site).catch(async (error) => {
        // Was the site made anew meanwhile? Its old parts are gone then, and the new ones are wanted.
        const now = await atSite();
        if (now.edition === site.edition) throw error;
        await keep(now);
      });
      await navigator.serviceWorker.ready;
    } catch (error) {
      first = await why(error);
    }
    await show(first);
    at("says").focus();
  };

  at("keep").addEventListener("click", async () => {
    if (!navigator.locks) return press();
    await navigator.locks.request("writbase", { ifAvailable: true }, (lock) => (lock ? press() : say("Another window is fetching the book already.")));
  });
  at("remove").addEventListener("click", async () => {
    await clear();
    await caches.delete(notes);
    const worker = await navigator.serviceWorker.getRegistration(root);
    if (worker) await worker.unregister();
    await show("The copy is removed.");
    at("says").focus();
  });
  show().catch(async (error) => say(await why(error)));
})();
