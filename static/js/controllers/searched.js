/** What was searched is kept for who searched it, also when they have gone on to a result by then. */
import { act } from "../lib/http.js";

export default (mark) => {
  act("/search/past", { q: mark.dataset.searched }).catch(() => {});
};
