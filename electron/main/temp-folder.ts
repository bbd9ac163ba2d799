// Keeps the folder for temporary files one in which the engine can open the socket by which a second start finds the first.

// What the engine adds to the folder's name, and what a socket's address holds on Linux with its closing byte
// (sys/un.h). The engine checks the sum and, when it is longer, ends with SIGTRAP and no word.
const socketName = '/.org.chromium.Chromium.XXXXXX/SingletonSocket'
const addressBytes = 108

/**
 * The folder to use for temporary files: `folder`, or `/tmp` where a path in it would be too long for the engine.
 * Outside Linux the engine needs no such socket, and `folder` is returned as it is.
 */
export function engineTempFolder(folder: string, platform: NodeJS.Platform): string {
  const fits = Buffer.byteLength(folder + socketName) < addressBytes
  return platform !== 'linux' || fits ? folder : '/tmp'
}
