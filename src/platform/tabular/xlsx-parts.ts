import type { DateSystem } from './calendar.ts'
import { readXml } from './read-xml.ts'
import { TabularError } from './tabular-error.ts'
import type { ZipParts } from './zip-reader.ts'

export type Workbook = {
  /** Worksheets in their order, hidden ones last. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly dateSystem: DateSystem
  readonly stylesPart: string | undefined
  readonly sharedPart: string | undefined
}

/** The sheets and parts of a workbook; undefined where the archive is not a workbook that is read here. */
export async function readWorkbookParts(zip: ZipParts): Promise<Workbook | undefined> {
  if (zip.names.some((name) => name === 'EncryptedPackage' || name === 'EncryptionInfo')) throw new TabularError('encryptedWorkbook')
  if (zip.has('xl/workbook.bin')) throw new TabularError('binaryWorkbook')
  if (zip.has('content.xml') && zip.has('mimetype')) throw new TabularError('openDocument')
  if (!zip.has('_rels/.rels')) return undefined
  const root = await readRelations(zip, '_rels/.rels', '')
  const main = root.find((relation) => relation.type === 'officeDocument')?.part
  if (main === undefined || !zip.has(main)) return undefined
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relationsPart = `${folder}_rels/${main.slice(folder.length)}.rels`
  const relations = zip.has(relationsPart) ? await readRelations(zip, relationsPart, folder) : []
  const partOf = (type: string): string | undefined => relations.find((relation) => relation.type === type && zip.has(relation.part))?.part

  const sheets: { name: string; part: string; hidden: boolean }[] = []
  let dateSystem: DateSystem = 1900
  await readXml(zip.read(main), main, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && isTrue(attributes.date1904)) dateSystem = 1904
      if (name !== 'sheet') return
      const id = attributes['r:id'] ?? Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const relation = relations.find((candidate) => candidate.id === id && candidate.type === 'worksheet')
      if (relation && zip.has(relation.part)) {
        sheets.push({
          name: attributes.name ?? '',
          part: relation.part,
          hidden: attributes.state !== undefined && attributes.state !== 'visible',
        })
      }
    },
  })
  return {
    sheets: [...sheets.filter((sheet) => !sheet.hidden), ...sheets.filter((sheet) => sheet.hidden)],
    dateSystem,
    stylesPart: partOf('styles'),
    sharedPart: partOf('sharedStrings'),
  }
}

/** What a cell's style makes of its number. */
export type NumberMeaning = 'number' | 'date' | 'time'

/** The meaning of numbers for each cell style, by its index. */
export async function readStyles(zip: ZipParts, part: string | undefined): Promise<readonly NumberMeaning[]> {
  const formats = new Map<number, string>()
  const styles: number[] = []
  let inCellStyles = false
  if (part === undefined) return []
  await readXml(zip.read(part), part, {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles && styles.length < 100_000) styles.push(Number(attributes.numFmtId ?? 0))
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return styles.map((id) => meaningOfFormat(id, formats.get(id)))
}

/** Built-in formats 14–22 are dates and times, 27–36 and 50–58 those of East Asian editions, 45–47 durations, which stay numbers. */
export function meaningOfFormat(id: number, code: string | undefined): NumberMeaning {
  if (code === undefined) {
    if (id >= 18 && id <= 21) return 'time'
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'number'
  }
  if (/\[(h+|m+|s+)\]/i.test(code)) return 'number'
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')[0]!
  if (/general/i.test(bare) || /[0#?]/.test(bare.replace(/[hs:.]\.?0+/gi, ''))) return 'number'
  if (/[yde年日]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare))) return 'date'
  return /[hs]/i.test(bare) ? 'time' : 'number'
}

/** The shared texts of a workbook as UTF-8 bytes in one buffer: text `i` lies between `offsets[i]` and `offsets[i + 1]`. */
export type SharedTexts = { bytes: Buffer; offsets: Uint32Array; count: number }

const sharedLimit = 200 << 20

export async function readSharedTexts(zip: ZipParts, part: string | undefined): Promise<SharedTexts> {
  const shared: SharedTexts = { bytes: Buffer.allocUnsafeSlow(1 << 16), offsets: new Uint32Array(1 << 12), count: 0 }
  if (part === undefined) return shared
  let text = ''
  let inText = false
  let inPhonetic = false
  await readXml(zip.read(part), part, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') inPhonetic = true
      else if (name === 't') inText = !inPhonetic
    },
    text: (piece) => {
      if (inText) text += piece
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'si') append(shared, unescapeText(text))
    },
  })
  return shared
}

/** Characters that XML cannot hold are written `_xHHHH_` in workbooks. */
export function unescapeText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}

function append(shared: SharedTexts, text: string): void {
  const start = shared.offsets[shared.count]!
  const length = Buffer.byteLength(text)
  if (start + length > sharedLimit) throw new TabularError('sharedTextTooLarge', { limit: sharedLimit >> 20 })
  if (start + length > shared.bytes.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(shared.bytes.length * 2, start + length))
    larger.set(shared.bytes.subarray(0, start))
    shared.bytes = larger
  }
  shared.bytes.write(text, start)
  shared.count++
  if (shared.count === shared.offsets.length) {
    const larger = new Uint32Array(shared.count * 2)
    larger.set(shared.offsets)
    shared.offsets = larger
  }
  // Empty texts take no bytes but an offset each.
  if (shared.count > sharedLimit / 4) throw new TabularError('sharedTextTooLarge', { limit: sharedLimit >> 20 })
  shared.offsets[shared.count] = start + length
}

type Relation = { readonly id: string; readonly type: string; readonly part: string }

async function readRelations(zip: ZipParts, part: string, folder: string): Promise<readonly Relation[]> {
  const relations: Relation[] = []
  await readXml(zip.read(part), part, {
    open: (name, { Id, Type, Target, TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External' || relations.length > 10_000) return
      const type = (Type ?? '').slice((Type ?? '').lastIndexOf('/') + 1)
      relations.push({ id: Id ?? '', type, part: resolvePart(folder, Target ?? '') })
    },
  })
  return relations
}

function resolvePart(folder: string, target: string): string {
  const parts: string[] = []
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '' && step !== '.') parts.push(step)
  }
  return parts.join('/')
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
