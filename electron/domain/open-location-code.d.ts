// The types of the library as it is shipped; it brings none of its own. tsconfig.json points the package name here.
type CodeArea = { latitudeCenter: number; longitudeCenter: number; codeLength: number }

declare class OpenLocationCode {
  isFull(code: string): boolean
  isShort(code: string): boolean
  decode(code: string): CodeArea
  recoverNearest(shortCode: string, latitude: number, longitude: number): string
}

declare const library: { OpenLocationCode: typeof OpenLocationCode }
export { library as default }
