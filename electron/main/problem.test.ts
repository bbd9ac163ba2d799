// The problem page shows text as text.
import { expect, test } from 'vitest'
import { problemPage } from './problem.ts'

test('what is told cannot become markup', () => {
  const page = problemPage(['a <script>alert(1)</script> & b', 'second'])
  expect(page).toContain('<p>a &lt;script&gt;alert(1)&lt;/script&gt; &amp; b</p>\n<p>second</p>')
  expect(page.match(/<script/g)).toHaveLength(1)
})
