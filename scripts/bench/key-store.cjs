// Loaded into the shell of a measured workstation before its own code: a key store that seals nothing, because a machine
// that only measures has none that a live desk would accept.
const { safeStorage } = require('electron')

safeStorage.isEncryptionAvailable = () => true
safeStorage.getSelectedStorageBackend = () => 'unknown'
safeStorage.encryptString = (text) => Buffer.from(text)
safeStorage.decryptString = (sealed) => sealed.toString()
