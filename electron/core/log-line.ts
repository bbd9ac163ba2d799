// JSON lines on stdout for the log file of main. Ids and counts only: never a number, a name or a note.

/** Writes one line. `facts` must hold no personal data. */
export function writeLog(
  level: 'info' | 'warn' | 'error',
  event: string,
  facts: Readonly<Record<string, string | number>> = {},
): void {
  process.stdout.write(`${JSON.stringify({ level, event, ...facts })}\n`)
}
