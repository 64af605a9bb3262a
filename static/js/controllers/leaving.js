/** Somebody has signed out without a connection: as soon as the server answers, the worker is given the chance to tell it. */
const EVERY = 10_000;

export default function leaving() {
  const look = () => fetch("/session").then(({ status }) => status < 500 && location.replace("/sign-in"), () => {});
  const timer = setInterval(look, EVERY);
  addEventListener("online", look);
  return () => (clearInterval(timer), removeEventListener("online", look));
}
