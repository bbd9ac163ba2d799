// Text and borders can be read in every theme: the ratios of WCAG 2.2, computed from the tokens themselves.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('renderer/style/tokens.css', 'utf8')

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255)
    .map((value) => (value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function ratio(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}
const themes = [...css.matchAll(/\[data-theme=['"](\w+)['"]\] \{([^}]*)\}/g)].map(([, name = '', block = '']) => ({
  name,
  tokens: Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, key, hex]) => [key, hex])),
}))

const grounds = ['bg0', 'bg1', 'bg2', 'bg3', 'bg4', 'accent-bg', 'alarm-bg']
const panels = ['bg0', 'bg1', 'bg2', 'bg3']
const text: [string, string[]][] = [
  ...['fg0', 'fg1', 'fg2'].map((name): [string, string[]] => [name, grounds]),
  ...['p1-t', 'warn', 'ok', 'p3', 'p4', 'accent'].map((name): [string, string[]] => [name, panels]),
  ['accent', ['accent-bg']],
  ['p1-t', ['alarm-bg']],
  ['warn', ['alarm-bg', 'accent-bg']],
  ['accent-on', ['accent']],
  ['inv-fg', ['inv']],
  ['inv-fg2', ['inv']],
  ['sel-fg', ['sel']],
  ['p1-on', ['p1']],
  ['p2-on', ['p2']],
  ['trial-on', ['trial', 'trial-2']],
  ['trial', ['trial-on']],
]
const borders: [string, string[]][] = [
  ['edge', grounds],
  ['p1-edge', [...panels, 'alarm-bg']],
  ['p2-edge', panels],
  ['crit', panels],
  ['sel', [...panels, 'bg4']],
  ['accent', [...panels, 'bg4']],
]

describe.each(themes)('theme $name', ({ tokens }) => {
  const of = (name: string): string => tokens[name] ?? expect.fail(`no token ${name}`)
  it.each(text)('text %s is at least 4.5 : 1 on %j', (name, on) => {
    for (const ground of on) expect(ratio(of(name), of(ground)), ground).toBeGreaterThanOrEqual(4.5)
  })
  it.each(borders)('border %s is at least 3 : 1 on %j', (name, on) => {
    for (const ground of on) expect(ratio(of(name), of(ground)), ground).toBeGreaterThanOrEqual(3)
  })
  it('one of the two focus rings is at least 3 : 1 on every ground', () => {
    for (const ground of [...grounds, 'inv', 'sel', 'p1', 'p2', 'accent', 'trial']) {
      const best = Math.max(ratio(of('focus'), of(ground)), ratio(of('focus-2'), of(ground)))
      expect(best, ground).toBeGreaterThanOrEqual(3)
    }
    expect(ratio(of('focus'), of('focus-2'))).toBeGreaterThanOrEqual(3)
  })
})

it('there are the three themes', () => {
  expect(themes.map(({ name }) => name)).toEqual(['dark', 'light', 'hc'])
})
