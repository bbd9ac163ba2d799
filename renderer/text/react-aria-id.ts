// Indonesian words for React Aria, which has none. Must run before any component: a missing word breaks rendering.
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Only the packages whose components we use; the test compares them with the English words of the library. */
export const indonesianWords: Words = {
  '@react-aria/overlays': { dismiss: 'Tutup' },
  '@react-aria/menu': { longPressMessage: 'Tekan lama atau Alt + panah bawah untuk membuka' },
  'react-aria-components': {
    selectPlaceholder: 'Pilih',
    tableResizer: 'Pengubah lebar',
    dropzoneLabel: 'Tempat menjatuhkan',
    colorSwatchPicker: 'Contoh warna',
  },
}

type WithWords = { [key: symbol]: unknown }

/** Puts the Indonesian words where React Aria looks for them. */
export function loadIndonesianWords(target: object): void {
  const holder = target as WithWords
  holder[Symbol.for('react-aria.i18n.locale')] = 'id-ID'
  holder[Symbol.for('react-aria.i18n.strings')] = indonesianWords
}
