/** The list of errors on top of a form takes the focus, so that it is read and its links are one Tab away. */
export default (element) => element.focus();
