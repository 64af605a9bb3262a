/** Everything that listens at the document of a signed-in page. */
import cards from "./card.js";
import completion from "./completion.js";
import hovercards from "./hovercard.js";
import keyboard from "./keyboard.js";
import landing from "./landing.js";
import live from "./live.js";
import moments from "./moments.js";
import network from "./network.js";
import sheets from "./sheets.js";
import unsentActs from "./unsent.js";
import viewer from "./viewer.js";
import wayback from "./wayback.js";

export default function shell(body) {
  cards(body);
  completion(body);
  hovercards(body);
  keyboard(body);
  moments(body);
  network(body);
  sheets(body);
  viewer(body);
  landing();
  wayback(body);
  live(body);
  unsentActs();
}
