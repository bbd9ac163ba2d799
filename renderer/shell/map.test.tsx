// The map in the window: what it says before and after an import, moved by keys and mouse, never drawn again for what is typed elsewhere.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { readFileSync } from 'node:fs'
import { beforeEach, expect, it, vi } from 'vitest'
import { geoJsonText, inventedBorders } from '../../electron/core/borders/test-borders.ts'
import type * as layOut from '../map/lay-out.ts'
import { core, field, folder, open, openPage, press, region, says, signIn, type } from './test-window.tsx'

/** How often the picture of the map was drawn. */
const drawn = vi.hoisted(() => ({ times: 0 }))
vi.mock('../map/lay-out.ts', async (original) => {
  const real = await original<typeof layOut>()
  const layPins: typeof real.layPins = (...given) => {
    drawn.times += 1
    return real.layPins(...given)
  }
  return { ...real, layPins }
})
beforeEach(() => void (drawn.times = 0))

/** A core whose admin imported invented borders. */
async function coreWithBorders() {
  const made = await core({ dir: folder() })
  const page = openPage(made)
  await page.signIn('admin')
  const { villages } = (await page.read('gazetteer', {})).gazetteer
  const text = geoJsonText(inventedBorders({ codes: villages.map(({ code }) => code) }))
  await page.done('checkBorders', { file: 'batas.geojson', text, property: null })
  await page.until('borderCheck', {}, ({ state }) => state === 'done')
  await page.done('acceptBorders', { source: 'Karangan untuk uji', licence: 'uji' })
  await page.done('signOut', {})
  return made
}
const scale = (): number =>
  Number(/scale\(([\d.]+)/.exec(document.querySelector('.map-view g')?.getAttribute('transform') ?? '')?.[1])
const shift = (): string => document.querySelector('.map-view g')?.getAttribute('transform') ?? ''

async function chooseSriwulan(): Promise<void> {
  press('F6')
  type('sriwulan')
  await screen.findByRole('option', { name: /^Sriwulan, Sayung/ })
  press('Enter')
  await says('Peta', /^Sriwulan, Sayung ·/)
}

it('says that borders are not imported yet, and shows no village then', async () => {
  open(await core({ dir: folder() }))
  await signIn()
  await says('Peta', /Batas desa belum diimpor: hanya titik yang diketahui/)
  await chooseSriwulan()
  press('Ctrl+3')
  await screen.findByRole('heading', { name: 'Peta', level: 1 })
  await says('Peta', '1 kejadian terbuka tanpa titik')
  expect(document.querySelectorAll('.map-view .pin, .map-view .land')).toHaveLength(0)
  await says('Kejadian terbuka', '1 terbuka')
})

it('shows the village in hand with its pin, precision and source of the borders', async () => {
  open(await coreWithBorders())
  await signIn()
  await chooseSriwulan()
  await says('Peta', /ketelitian: desa\/kelurahan/)
  await says('Peta', 'Batas: Karangan untuk uji (uji)')
  await waitFor(() => expect(document.querySelectorAll('.map-view .chosen')).toHaveLength(1))
  expect(document.querySelectorAll('.map-view .land path')).toHaveLength(249)
  expect(document.querySelector('.map-view .in-hand .pin-label')?.textContent).toBe('B001')
  await says('Peta', /Di peta: .*-B001 Sriwulan, Sayung/)
})

it('is moved and zoomed by keys, shows the whole regency and comes back', async () => {
  open(await coreWithBorders())
  await signIn()
  await chooseSriwulan()
  await waitFor(() => expect(document.querySelectorAll('.map-view .chosen')).toHaveLength(1))
  const map = within(region('Peta')).getByRole('application', { name: 'Peta kejadian' })
  map.focus()
  const [first, at] = [scale(), shift()]
  press('ArrowLeft')
  await waitFor(() => expect(shift()).not.toBe(at))
  press('ArrowRight')
  await waitFor(() => expect(shift()).toBe(at))
  press('Equal')
  await waitFor(() => expect(scale()).toBeCloseTo(first * 1.5))
  press('Minus')
  press('0')
  await waitFor(() => expect(scale()).toBeLessThan(first / 3))
  press('Home')
  await waitFor(() => expect(shift()).toBe(at))
  expect(document.activeElement).toBe(map)
})

it('is dragged and zoomed with the mouse, while the field that is typed in keeps the focus', async () => {
  // Only a browser that draws can hold a pointer.
  HTMLElement.prototype.setPointerCapture = () => undefined
  open(await coreWithBorders())
  await signIn()
  await chooseSriwulan()
  await waitFor(() => expect(document.querySelectorAll('.map-view .chosen')).toHaveLength(1))
  const map = within(region('Peta')).getByRole('application', { name: 'Peta kejadian' })
  field('Kata pelapor').focus()
  const drag = (to: number): void => {
    if (fireEvent.mouseDown(map)) map.focus()
    fireEvent.pointerDown(map, { pointerId: 1, button: 0, clientX: 100, clientY: 100 })
    fireEvent.pointerMove(map, { pointerId: 1, clientX: to, clientY: 100 })
    fireEvent.pointerUp(map, { pointerId: 1, clientX: to, clientY: 100 })
  }
  const [first, at] = [scale(), shift()]
  const left = (): number => Number(/translate\((-?[\d.]+)/.exec(shift())?.[1])
  const before = left()
  drag(130)
  await waitFor(() => expect(left()).toBeCloseTo(before + 30, 3))
  fireEvent.pointerMove(map, { pointerId: 1, clientX: 400, clientY: 400 })
  drag(70)
  await waitFor(() => expect(shift()).toBe(at))
  expect(document.activeElement).toBe(field('Kata pelapor'))
  fireEvent.wheel(map, { deltaY: -100 })
  await waitFor(() => expect(scale()).toBeCloseTo(first * 1.25))
  fireEvent.wheel(map, { deltaY: 3, deltaMode: 1 })
  await waitFor(() => expect(scale()).toBeLessThan(first * 1.02))
  expect(document.activeElement).toBe(field('Kata pelapor'))
  drag(101)
  expect(document.activeElement).toBe(map)
})

it('is not drawn again while other fields are typed in', async () => {
  open(await coreWithBorders())
  await signIn()
  await chooseSriwulan()
  await waitFor(() => expect(document.querySelectorAll('.map-view .chosen')).toHaveLength(1))
  const before = drawn.times
  field('Kata pelapor').focus()
  type('air sudah masuk rumah, dua anak kecil di atas meja')
  field('Jalan / patokan').focus()
  type('depan pasar')
  field('Nama pelapor').focus()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(field('Kata pelapor').value).toContain('dua anak kecil')
  expect(drawn.times).toBe(before)
})

it('lets the admin import a file by choosing or dropping it, and keeps the old borders when one is refused', async () => {
  const made = await core({ dir: folder() })
  open(made)
  await signIn('admin')
  press('Ctrl+6')
  const input = await screen.findByLabelText('Pilih berkas GeoJSON batas desa')
  const choose = (name: string, text: string): void => {
    const file = new File([text], name)
    Object.defineProperty(file, 'text', { value: () => Promise.resolve(text) })
    Object.defineProperty(input, 'files', { configurable: true, value: [file] })
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const drop = (name: string, text: string): void => {
    const file = new File([text], name)
    Object.defineProperty(file, 'text', { value: () => Promise.resolve(text) })
    const target = screen.getByText(/Berkas juga dapat diseret ke sini/)
    // Without this the window would leave the program and show the file.
    expect(fireEvent.dragOver(target, { dataTransfer: { files: [file] } })).toBe(false)
    expect(fireEvent.drop(target, { dataTransfer: { files: [file] } })).toBe(false)
  }
  const page = openPage(made)
  const { villages } = (await page.read('gazetteer', {})).gazetteer
  const some = inventedBorders({ codes: villages.slice(0, 237).map(({ code }) => code) })
  choose('batas.geojson', geoJsonText(some))
  await says('Batas desa di peta', 'batas.geojson: 237 dari 249 desa cocok')
  screen.getByRole('button', { name: 'Pakai batas ini' }).click()
  await says('Batas desa di peta', /Isi sumber dan lisensi/)
  field('Sumber data (instansi, tahun)').focus()
  type('Bappeda 2026')
  field('Lisensi atau izin pemakaian').focus()
  type('CC BY 4.0')
  screen.getByRole('button', { name: 'Pakai batas ini' }).click()
  await says('Batas desa di peta', /237 dari 249 desa\/kelurahan punya batas/)
  await says('Batas desa di peta', /Sumber: Bappeda 2026 · lisensi: CC BY 4.0/)
  drop('rusak.geojson', geoJsonText(some).replace('"Polygon"', '"Point"'))
  await says('Batas desa di peta', /rusak.geojson ditolak: 1 kesalahan/)
  await says('Batas desa di peta', /baris 2 · bidang ke-1 · bentuk "Point"; yang boleh: Polygon atau MultiPolygon/)
  await says('Batas desa di peta', /Batas yang lama tetap dipakai/)
  await says('Batas desa di peta', /237 dari 249 desa\/kelurahan punya batas/)
})

it('offers the import to nobody but the admin', async () => {
  open(await core({ dir: folder() }))
  await signIn('rina')
  press('Ctrl+6')
  await says('Batas desa di peta', /Batas desa belum diimpor/)
  expect(screen.queryByLabelText('Pilih berkas GeoJSON batas desa')).toBeNull()
})

it('is drawn in the colours of the tokens only', () => {
  const css = readFileSync('renderer/style/map.css', 'utf8')
  expect(css.match(/#[0-9a-f]{3,8}\b|rgba?\(/gi)).toBeNull()
})
