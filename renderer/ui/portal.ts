// Where an open list is put: inside the main landmark, so that everything on the screen belongs to a region.
export function listPlace(): Element {
  return document.querySelector('main') ?? document.body
}
