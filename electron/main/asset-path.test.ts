// Addresses of the page lead to its own files and nowhere else.
import { expect, test } from 'vitest'
import { assetPath } from './asset-path.ts'

const folder = '/app/out/renderer'

test('files of the page', () => {
  expect(assetPath(folder, 'app://meja-112/')).toBe(`${folder}/index.html`)
  expect(assetPath(folder, 'app://meja-112/index.html?theme=hc#x')).toBe(`${folder}/index.html`)
  expect(assetPath(folder, 'app://meja-112/assets/a%20b.js')).toBe(`${folder}/assets/a b.js`)
})

test('an address that leads outside is no file, however it is written', () => {
  const outside = [
    'app://meja-112/..%2f..%2fpackage.json',
    'app://meja-112/%2e%2e/%2e%2e%2fpackage.json',
    'app://meja-112/assets/..%2f..%2f..%2fetc/passwd',
    'app://meja-112/..%5c..%5cpackage.json',
    'app://meja-112/a%00.js',
    'app://meja-112/%E0%A4%A',
    'app://meja-112/assets/',
    'app://other/index.html',
    'file:///etc/passwd',
    'https://meja-112/index.html',
    'not an address',
  ]
  for (const address of outside) expect([address, assetPath(folder, address)]).toEqual([address, undefined])
})

test('dots that the address itself resolves stay inside', () => {
  expect(assetPath(folder, 'app://meja-112/../../etc/passwd')).toBe(`${folder}/etc/passwd`)
})
