/**
 * The service worker. `KNOWS` stands above: the server puts it there with the parts of this folder (app/web/offline).
 * What is not named here goes its way past the worker; nothing that changes anything is touched, but sharing and signing out.
 */
addEventListener("install", (event) => event.waitUntil(fetchShell().then(() => skipWaiting())));

addEventListener("activate", (event) => {
  const ready = [dropOldShells(), registration.navigationPreload?.enable()];
  event.waitUntil(Promise.all(ready).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isFile = pathname.startsWith("/static/") || pathname.startsWith("/words/") || isBrand(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/share" && request.mode === "navigate") event.respondWith(share(event));
  if (request.method === "POST" && pathname === "/sign-out" && request.mode === "navigate") event.respondWith(leave(event));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (isFile) event.respondWith(file(event));
  else if (request.destination === "image" && PICTURE.test(pathname)) event.respondWith(picture(event));
});

addEventListener("message", (event) => {
  if (event.data === "read") event.waitUntil(readAhead());
  if (event.data === "forget") event.waitUntil(forget());
});
