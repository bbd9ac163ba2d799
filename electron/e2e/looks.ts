// How a screen looks and whether everybody can use it: pictures and accessibility findings.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#scripts/setup/setup.mjs'

/** Saves a picture of the window as `out/pictures/NAME.png` and returns the file. */
export async function picture(page: Page, name: string): Promise<string> {
  const folder = join(root, 'out', 'pictures')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  return path
}

/** The findings of axe, one line each: rule, how bad, where. Empty when all is well. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // Legacy mode stays in this window: the program refuses to open another one.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap((found) =>
    found.nodes.map((node) => `${found.id} (${found.impact}): ${node.target.join(' ')}`),
  )
}

/** An ellipsis that leaves less of a text than this (px) leaves nothing to read. */
const leastShown = 40

/**
 * Texts that are wider or higher than their box shows, or of which an ellipsis leaves nothing to read, and whether the page is
 * wider than its window; the design promises none.
 */
export async function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const isClipped = (element: HTMLElement): boolean => {
      const { overflowX, textOverflow } = getComputedStyle(element)
      const { clientWidth, scrollWidth } = element
      const isText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== '',
      )
      const isShort = textOverflow !== 'ellipsis' || clientWidth < least
      return isText && overflowX === 'hidden' && isShort && clientWidth > 1 && scrollWidth > clientWidth + 1
    }
    const { scrollWidth, clientWidth } = document.documentElement
    const tooWide = scrollWidth > clientWidth ? [`the page: ${scrollWidth} px in a window of ${clientWidth}`] : []
    const clipped = [...document.querySelectorAll<HTMLElement>('body *')].filter(isClipped)
    return [...tooWide, ...clipped.map((one) => `${one.tagName}.${one.className}: ${one.textContent?.slice(0, 60)}`)]
  }, leastShown)
}
