/**
 * One line of CSV (RFC 4180). A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab
 * or carriage return) gets an apostrophe in front, and so does one that already looks as if it had been given one: who
 * takes one apostrophe away again before such a beginning has the exact text back. See OWASP, "CSV Injection".
 */
export function csvLine(cells: string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const guarded = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
