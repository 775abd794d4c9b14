import type { SeedStaff } from './cast.ts'

interface SeedEntry {
  readonly kind: 'conclusion' | 'decision' | 'means'
  readonly section: 'volume' | 'speed' | 'effect' | null
  readonly text: string
  readonly owner: SeedStaff | null
  readonly dueInDays: number | null
}
const entry = (
  kind: SeedEntry['kind'],
  section: SeedEntry['section'],
  text: string,
  owner: SeedStaff | null = null,
  dueInDays: number | null = null,
) => ({ kind, section, text, owner, dueInDays }) satisfies SeedEntry

/** What management of the demo company said to its last quarter. */
export const seedReview: { readonly heldDaysAgo: number; readonly entries: readonly SeedEntry[] } = {
  heldDaysAgo: 4,
  entries: [
    entry(
      'conclusion',
      'volume',
      'Freight still leads. Since ware travels in double boxes, what breaks is no longer the ware but the tins.',
    ),
    entry('conclusion', 'speed', 'First answers are quick. What waits, waits for the department that looks for the cause.'),
    entry('decision', null, 'Tins get the corners that ware has', 'department', 30),
    entry('decision', null, 'The department says within two days whether it takes a case', 'supervisor', 21),
    entry('decision', null, 'No second carrier for now; looked at again next quarter'),
    entry('means', null, '800 for padding; one day of training for the service desk'),
  ],
}

/** What the auditor of the demo company looked at before. */
export const seedAudit = {
  auditor: 'executive',
  title: 'Complaints handled as we promise',
  scope:
    'Whether closed complaints were handled as our published policy says: acknowledged, judged by two where they were turned down, put right, and told.',
  sampleSize: 8,
  /** The sample is drawn from so many days before the quarter that is reviewed, and looked at so many days into it. */
  backDays: 120,
  afterDays: 40,
  summary: 'What was promised was kept. Where a complaint was turned down, the letter says that, and too little why.',
  findings: [
    {
      grade: 'conform',
      item: 'remedy-done',
      text: 'What was decided was carried out in every case of the sample.',
      owner: null,
      dueInDays: null,
    },
    {
      grade: 'minor',
      item: 'reasons-given',
      text: 'Letters that turn a complaint down give the rule and not what was found: add what was looked at',
      owner: 'supervisor',
      dueInDays: 30,
    },
  ],
} as const
