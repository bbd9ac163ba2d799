// What the shell itself says to the operator, in Indonesian. The page has its own words.

export const words = {
  name: 'Meja 112',
  trialTitle: 'Meja 112 · MODE UJI COBA, bukan panggilan sungguhan',
  alreadyRunning: 'Meja 112 sudah berjalan di komputer ini; jendelanya dibawa ke depan.',
  problemTitle: 'Meja 112 tidak dapat dijalankan',
  close: 'Tekan Esc untuk menutup.',
  keyInTheOpen:
    'Uji coba: komputer ini tidak punya penyimpan kunci, jadi kunci basis data tidak dijaga sistem operasi. Meja sungguhan akan menolak.',
  folder: (folder: string, reason: string) =>
    `Folder data tidak dapat dipakai: ${folder}. Periksa izin tulis dan ruang disk, lalu jalankan lagi. (${reason})`,
  noKeyStore:
    'Penyimpan kunci sistem operasi tidak tersedia, jadi data tidak dapat dienkripsi dengan aman. Pasang dan buka gnome-keyring atau KWallet, lalu jalankan lagi. Tidak ada data yang diubah.',
  keyLost:
    'Kunci basis data tidak dapat dibuka oleh akun ini. Jalankan dengan akun yang biasa dipakai di meja ini, atau pulihkan file kunci dari salinan. Tidak ada data yang diubah.',
  fatal: {
    site: 'File situs salah, jadi meja tidak dijalankan.',
    database: 'Basis data meja ini tidak dapat dibuka.',
    newer: 'Data meja ini dibuat oleh versi Meja 112 yang lebih baru. Pasang versi itu, lalu jalankan lagi.',
    folder: 'Folder data tidak dapat dipakai.',
    start: 'Program inti tidak dapat dijalankan.',
  },
} as const
