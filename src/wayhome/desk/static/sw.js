// Keeps the desk's own program on the device, so that a reload without a link shows the desk and not an error.
// Nothing that the record says is kept here. The first line, PROGRAM, is put in by the server.

const CACHE = `wayhome-${PROGRAM.version}`;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(PROGRAM.files);
    await cache.add("/shell");
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(kept(event.request));
  else if (event.request.mode === "navigate" && /^\/(board|m\/|people|me|care|more\/|$)/.test(address.pathname)) event.respondWith(page(event.request));
});

async function kept(request) {
  return (await caches.match(request)) || fetch(request);
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await caches.match("/shell");
    if (shell) return shell;
    throw error;
  }
}
