// The page that says in plain words why the program cannot run. It needs nothing of the page's own files and no core.
import { words } from './words.ts'

/** A whole HTML page; the text is shown as text, whatever is in it. */
export function problemPage(lines: readonly string[]): string {
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')
  return `<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>${words.problemTitle}</title><link rel="stylesheet" href="/problem.css"><script src="/problem.js"></script></head>
<body><main><h1>${words.problemTitle}</h1>
${paragraphs}
<p>${words.close}</p></main></body>
</html>
`
}

/** Esc and Enter close the window, as the page says. */
export const problemScript = `addEventListener('keydown', (event) => {
  if (event.key === 'Escape' || event.key === 'Enter') window.close()
})
`

export const problemStyle = `body { margin: 0; background: #101418; color: #f2f5f7; font: 18px/1.5 sans-serif }
main { max-width: 44em; margin: 12vh auto; padding: 0 32px }
h1 { font-size: 26px }
p { white-space: pre-wrap; overflow-wrap: anywhere }
`

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
