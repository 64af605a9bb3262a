/** A page outside the shell: nothing of the last person's may stay on a shared tablet. */
import network from "./network.js";

export default function plain(body) {
  network(body);
}
