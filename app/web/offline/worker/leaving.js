/** Signing out: nothing of the person stays, and a session that nobody could be told to end is ended before anything else is asked. */
const LEAVING = "leaving";

async function leave({ request }) {
  await forget();
  try {
    const response = await answered(fetch(request));
    await caches.delete(LEAVING);
    return response;
  } catch {
    // That this shelf is there says it; it stays empty, and outlives the worker.
    await caches.open(LEAVING);
    return help("leaving");
  }
}

class Unanswered extends Error {}

/** End the session that somebody has left. Whether there was one; throws while nobody answers. */
async function finishLeaving() {
  if (!(await caches.has(LEAVING))) return false;
  const headers = { Accept: "application/json" };
  const session = await answered(fetch("/session", { headers }));
  if (session.ok) {
    const { token } = await session.json();
    // What was here is gone; what others have waiting stays.
    const body = new URLSearchParams({ others: "1" });
    await answered(fetch("/sign-out", { method: "POST", body, headers: { ...headers, "X-CSRFToken": token } }));
  }
  await caches.delete(LEAVING);
  return true;
}

async function answered(asked) {
  const response = await asked;
  if (DOWN.includes(response.status)) throw new Unanswered();
  return response;
}
