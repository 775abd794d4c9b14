/**
 * Gives the memory of the arrays in these objects, and in objects in them, back at once. The engine would find them some time later, and until then a second valuation would lie beside the first. Nobody may
 * read them any more.
 */
export function giveBack(...owners: readonly object[]): void {
  for (const owner of owners)
    for (const value of Object.values(owner)) {
      if (ArrayBuffer.isView(value)) {
        const { buffer } = value
        // Moving the content to no place at all frees it; another array on the same memory has been here before.
        if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
      } else if (typeof value === 'object' && value !== null) giveBack(value)
    }
}
