import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ArchiveField, type ArchiveValues, archiveFields, completeness, extendedFields, type FieldValue, nameOf } from './archive.ts'
import { changed, changesOf, differences, mergeSource, sameValue, undoable } from './change.ts'
import { comparableEmail, comparablePhone, recordKey } from './contact.ts'
import { matchOf } from './match.ts'
import { kindOfWord, saidOf, sameWords, tagsOf } from './source-row.ts'
import { mergeNewest } from './timeline.ts'

const value = fc.option(fc.string({ maxLength: 8 }), { nil: null })
const tags = fc.uniqueArray(
  fc.string({ minLength: 1, maxLength: 4 }).filter((tag) => tag.trim() !== ''),
  { maxLength: 4 },
)
const values: fc.Arbitrary<ArchiveValues> = fc
  .record(
    Object.fromEntries(archiveFields.map((field) => [field, field === 'tags' ? tags : value])) as Record<
      ArchiveField,
      fc.Arbitrary<FieldValue>
    >,
    {
      requiredKeys: [],
    },
  )
  .map((record) => record as ArchiveValues)

describe('completeness', () => {
  const content = { keyPersons: 0, usedCompetitors: 0 }
  const full = { name: 'A', email: 'e', phone: 'p', gender: 'g', birthday: 'b', address: 'a', city: 'c' }

  test('all basic fields and nothing else are a quarter; a key person and a competitor raise it (B-02)', () => {
    expect(completeness({ values: full, ...content }).overall).toBe(25)
    expect(completeness({ values: full, keyPersons: 1, usedCompetitors: 0 }).overall).toBe(50)
    expect(completeness({ values: full, keyPersons: 1, usedCompetitors: 2 }).overall).toBe(75)
    const everything = { ...full, ...Object.fromEntries(extendedFields.map((field) => [field, 'x'])) }
    expect(completeness({ values: everything, keyPersons: 1, usedCompetitors: 1 })).toMatchObject({ overall: 100, missing: [] })
  })

  test('a company is not asked for a birthday', () => {
    const missing = completeness({ values: { kind: 'company', name: 'X' }, ...content }).missing.map(({ field }) => field)
    expect(missing).toContain('industry')
    expect(missing).not.toContain('birthday')
  })

  test('knowing more never lowers it, and it is 100 exactly where nothing is missing', () => {
    fc.assert(
      fc.property(
        values,
        fc.constantFrom(...archiveFields.filter((field) => field !== 'kind')),
        fc.nat(2),
        fc.nat(2),
        (known, field, persons, rivals) => {
          const before = completeness({ values: known, keyPersons: persons, usedCompetitors: rivals })
          const after = completeness({ values: { ...known, [field]: 'known' }, keyPersons: persons + 1, usedCompetitors: rivals + 1 })
          expect(after.overall).toBeGreaterThanOrEqual(before.overall)
          expect(before.overall === 100).toBe(before.missing.length === 0)
        },
      ),
    )
  })
})

describe('changes', () => {
  test('applying them gives what was asked for, and then there are none', () => {
    fc.assert(
      fc.property(values, values, (before, patch) => {
        const changes = changesOf(before, patch)
        const after = changed(before, changes)
        expect(changesOf(after, patch)).toEqual([])
        for (const change of changes) expect(sameValue(change.before, change.after)).toBe(false)
      }),
    )
  })

  test('a source never touches what the hand set, says so, and twice the same changes nothing', () => {
    fc.assert(
      fc.property(values, values, fc.subarray([...archiveFields]), (current, said, hand) => {
        const { changes, kept } = mergeSource(current, hand, said)
        for (const { field } of changes) expect(hand).not.toContain(field)
        for (const field of kept) expect(hand).toContain(field)
        expect(mergeSource(changed(current, changes), hand, said).changes).toEqual([])
        const whole = mergeSource(current, hand, said, 'source')
        expect(whole.kept).toEqual([])
        expect(whole.changes).toHaveLength(changes.length + kept.length)
      }),
    )
  })

  test('a silent source changes nothing and tags are added, not replaced', () => {
    expect(mergeSource({ city: 'Rome' }, [], { city: null, name: ' ' }).changes).toEqual([])
    expect(mergeSource({ tags: ['a'] }, [], { tags: ['b', 'a'] }).changes).toEqual([{ field: 'tags', before: ['a'], after: ['a', 'b'] }])
  })

  test('undoing leaves what somebody set since', () => {
    expect(undoable({ field: 'city', before: 'Old', after: 'New' }, 'New')).toBe(true)
    expect(undoable({ field: 'city', before: 'Old', after: 'New' }, 'Newest')).toBe(false)
    expect(undoable({ field: 'phone', before: null, after: null }, '')).toBe(true)
  })

  test('differences are shown where a source says something else', () => {
    const sources = [
      { source: 'shop', fields: { city: 'Rome', name: 'Ann' } },
      { source: 'crm', fields: { city: 'Bari', phone: null } },
    ]
    expect(differences({ name: 'Ann', city: 'Rome' }, sources)).toEqual([{ field: 'city', source: 'crm', says: 'Bari' }])
  })
})

describe('names and keys', () => {
  test.each([
    [{ name: ' Ann ' }, 'Ann'],
    [{ givenName: 'Ann', familyName: 'Baker' }, 'Ann Baker'],
    [{ givenName: '小明', familyName: '王' }, '王小明'],
    [{ company: 'Harbour' }, 'Harbour'],
    [{ email: 'a@b.c' }, 'a@b.c'],
    [{}, 'key'],
  ] as const)('%o is called %s', (known, name) => expect(nameOf(known, 'key')).toBe(name))

  test('a record is known by its own id, else by e-mail, else by phone', () => {
    expect(recordKey({ externalId: ' 7 ', email: 'a@b.c', phone: '123456' })).toBe('7')
    expect(recordKey({ externalId: null, email: ' A@B.c', phone: '123456' })).toBe('email:a@b.c')
    expect(recordKey({ externalId: '', email: 'none', phone: '+12 34-56' })).toBe('phone:123456')
    expect(recordKey({ externalId: null, email: null, phone: '12' })).toBeNull()
  })

  test('contacts are compared as people mean them', () => {
    expect(comparableEmail('Ａnn@Example.COM ')).toBe('ann@example.com')
    expect(comparablePhone('0044 (20) 7946-0000')).toBe(comparablePhone('+44 20 79460000'))
    expect(comparablePhone('12-34')).toBeNull()
    expect(comparablePhone('12-345')).toBe('12345')
  })

  test('words of files', () => {
    expect(kindOfWord(' 公司')).toBe('company')
    expect(kindOfWord('Individual')).toBe('person')
    expect(kindOfWord('robot')).toBeUndefined()
    expect(tagsOf('tea，vip; tea|、')).toEqual(['tea', 'vip'])
    expect(saidOf({ givenName: '小明', familyName: '王', city: '' })).toEqual({ givenName: '小明', familyName: '王', name: '王小明' })
    expect(sameWords({ tags: ['a'], city: null }, { tags: ['a'] })).toBe(true)
    expect(sameWords({ city: 'Rome' }, {})).toBe(false)
  })

  test('why somebody was found', () => {
    const texts = { name: 'Ann Baker', company: null, email: 'ab@example.com', phone: '020 7946 0000', key: 'C-17' }
    expect(matchOf('bak', texts)).toEqual({ by: 'name', text: 'Ann Baker' })
    expect(matchOf('aker', texts)).toEqual({ by: 'other', text: 'aker' })
    expect(matchOf('79460000', texts)).toEqual({ by: 'phone', text: '020 7946 0000' })
    expect(matchOf('17', texts)).toEqual({ by: 'key', text: 'C-17' })
    expect(matchOf('小明', { ...texts, name: '王小明' })).toEqual({ by: 'name', text: '王小明' })
  })
})

test('merging timelines gives the newest of all, in order, each once', () => {
  const entry = fc.record({ at: fc.nat(50).map((n) => new Date(n * 1000)), id: fc.uuid() })
  fc.assert(
    fc.property(fc.array(fc.array(entry, { maxLength: 10 }), { maxLength: 4 }), fc.integer({ min: 1, max: 12 }), (lists, limit) => {
      const merged = mergeNewest(lists, limit)
      expect(merged).toHaveLength(Math.min(limit, new Set(lists.flat().map(({ id }) => id)).size))
      for (let i = 1; i < merged.length; i++) expect(merged[i]!.at.getTime()).toBeLessThanOrEqual(merged[i - 1]!.at.getTime())
      const oldest = merged.at(-1)?.at.getTime() ?? 0
      const left = lists.flat().filter(({ id }) => !merged.some((shown) => shown.id === id))
      for (const { at } of left) expect(at.getTime()).toBeLessThanOrEqual(oldest)
    }),
  )
})
