/** The list of errors on top of a form takes the focus, so that it is read and its links are one Tab away; not from who was faster. */
export default (element) => {
  const held = document.activeElement;
  if (!held || held === document.body || held.autofocus) element.focus();
};
