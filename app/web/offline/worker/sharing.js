/** What is shared from the phone waits here until the composer opens, also while one signs in; js/controllers/shared.js takes it. */
const SHARED = "shared";
const SHARED_FOR = 30 * 60_000;
const MOST_SHARED = 10;

async function share({ request }) {
  const form = await request.formData();
  const cache = await caches.open(SHARED);
  await dropOldShares(cache);
  const id = crypto.randomUUID();
  const files = form.getAll("files").filter((sent) => sent instanceof File && sent.size).slice(0, MOST_SHARED);
  for (const [number, sent] of files.entries()) {
    await cache.put(`/-/shared/${id}/${number}`, new Response(sent, { headers: { "Content-Type": sent.type } }));
  }
  const said = ["title", "text", "url"].map((name) => String(form.get(name) ?? "").trim());
  // Phones like to repeat themselves: what another part says already is left out.
  const again = (part, at) => said.some((other, place) => other.includes(part) && (other.length > part.length || place < at));
  const text = said.filter((part, at) => part && !again(part, at)).join("\n");
  const what = { at: Date.now(), text, files: files.map((sent) => sent.name) };
  await cache.put(`/-/shared/${id}`, new Response(JSON.stringify(what)));
  return Response.redirect(`/?write&shared=${id}#composer`, 303);
}

async function dropOldShares(cache) {
  for (const request of await cache.keys()) {
    const [, , , id] = new URL(request.url).pathname.split("/");
    const what = await (await cache.match(`/-/shared/${id}`))?.json();
    if (!what || Date.now() - what.at > SHARED_FOR) await cache.delete(request);
  }
}
