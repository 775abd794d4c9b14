/** A text as people write it into an area, in the parts that a page shows: headings (`## …`), lists (`- …`), and paragraphs. Nothing else means anything, so nothing can be smuggled in. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly entries: readonly string[] }
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] }

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let open = false
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const last = open ? blocks.at(-1) : undefined
    const plain = line.trim()
    if (plain === '') open = false
    else if (plain.startsWith('## ')) {
      blocks.push({ kind: 'heading', text: plain.slice(3).trim() })
      open = false
    } else if (/^[-•·] /.test(plain)) {
      const entry = plain.slice(2).trim()
      if (last?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', entries: [...last.entries, entry] }
      else blocks.push({ kind: 'list', entries: [entry] })
      open = true
    } else {
      if (last?.kind === 'paragraph') blocks[blocks.length - 1] = { kind: 'paragraph', lines: [...last.lines, plain] }
      else blocks.push({ kind: 'paragraph', lines: [plain] })
      open = true
    }
  }
  return blocks
}
