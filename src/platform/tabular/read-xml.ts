import { SaxesParser } from 'saxes'
import { TabularError } from './tabular-error.ts'

/** Element names come without their prefix: some programs write `x:row` for `row`. */
export type XmlHandlers = {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
  /** Called between small pieces of input, so that what was gathered can be handed on. */
  readonly pause?: () => Promise<void> | void
}

const depthLimit = 64
const silenceLimit = 8 << 20
const pieceLength = 8192

/**
 * Reads one XML part as a stream of elements and texts. Document types (and so entities of the file's own) are refused; so are nesting beyond all
 * need and single texts of many MB, which the parser would have to hold.
 */
export async function readXml(bytes: AsyncIterable<Uint8Array>, part: string, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ position: false, xmlns: false as const })
  const refuse = (detail: string): never => {
    throw new TabularError('damagedWorkbook', { part, detail })
  }
  let depth = 0
  let silence = 0
  parser.on('error', (error) => refuse(error.message))
  parser.on('doctype', () => refuse('document types are not allowed'))
  parser.on('opentag', (tag) => {
    silence = 0
    if (++depth > depthLimit) refuse('too deeply nested')
    handlers.open(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    silence = 0
    depth--
    handlers.close?.(localName(tag.name))
  })
  if (handlers.text) parser.on('text', handlers.text)
  if (handlers.text) parser.on('cdata', handlers.text)

  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      return refuse('not valid UTF-8')
    }
  }
  const feed = async (text: string): Promise<void> => {
    for (let at = 0; at < text.length; at += pieceLength) {
      silence += pieceLength
      parser.write(text.slice(at, at + pieceLength))
      if (silence > silenceLimit) refuse('a single text is too long')
      const pause = handlers.pause?.()
      if (pause) await pause
    }
  }
  for await (const chunk of bytes) await feed(decode(chunk))
  await feed(decode())
  parser.close()
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
