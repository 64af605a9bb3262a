/** Opens the dialog that data-dialog names. */
export default (button) =>
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog)?.showModal());
