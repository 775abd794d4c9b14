import { crc32, deflateRawSync } from 'node:zlib'
import { writeXlsx } from '../xlsx-writer.ts'

export async function workbook(cells: Parameters<typeof writeXlsx>[0]): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of writeXlsx(cells)) parts.push(part)
  return Buffer.concat(parts)
}

/** A workbook around one sheet's XML. */
export async function sheetOf(xml: string): Promise<Buffer> {
  const relations = (type: string, target: string): string =>
    `<Relationships><Relationship Id="r1" Type="http://x/${type}" Target="${target}"/></Relationships>`
  return zipOf([
    ['_rels/.rels', relations('officeDocument', 'xl/workbook.xml')],
    ['xl/workbook.xml', '<workbook xmlns:r="x"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'],
    ['xl/_rels/workbook.xml.rels', relations('worksheet', 'worksheets/sheet1.xml')],
    ['xl/worksheets/sheet1.xml', xml],
  ])
}

/** A zip archive by hand, so that it can lie. */
export function zipOf(
  entries: readonly (readonly [string, string | Buffer])[],
  lie: { readonly crc?: number; readonly size?: number } = {},
): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of entries) {
    const raw = Buffer.from(content)
    const packed = deflateRawSync(raw)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(lie.crc ?? crc32(raw), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(lie.size ?? raw.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, Buffer.from(name)]))
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}

/** The head of a compound file whose directory, in the second sector, names one stream. */
export function compoundFile(stream: string): Buffer {
  const file = Buffer.alloc(2048)
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file)
  file.writeUInt16LE(9, 30)
  file.writeUInt32LE(1, 48)
  Buffer.from(stream, 'utf16le').copy(file, 1024)
  return file
}
