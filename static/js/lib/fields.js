/** What has been done to the fields of a form. */

/** Whether something else is in a field than the server sent. */
export function isChanged(field) {
  if (!field.name || field.readOnly || field.type === "hidden") return false;
  if (/radio|checkbox/.test(field.type)) return field.checked !== field.defaultChecked;
  if (!field.options) return "defaultValue" in field && field.value !== field.defaultValue;
  const sent = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(sent, 0);
}
