import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { isMeanwhile } from '#ui/client.ts'
import { Compared, isDisputed, useMerged } from '#ui/compared.tsx'
import { useFormat } from '#ui/format.ts'
import { NumberInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Severity, severities } from '../domain/taxonomy.ts'
import { VersionLine } from './set-up-version.tsx'
import { type Authority, useRoles } from './set-up-words.ts'

type Line = Authority['lines'][number]
const tiers = ['platinum', 'gold', 'iron', 'lead'] as const

/** Who may approve remedies up to which amount; each saving is a new version, and what was decided by an earlier one stays. */
export function AuthoritySetUp() {
  const t = useWords('cases')
  const found = useRead(casesApi.authority, {})
  return <Loaded of={found}>{(table) => <Lines newest={table} about={t('setUp.authority.about')} />}</Loaded>
}

function Lines({ newest, about }: { readonly newest: Authority; readonly about: string }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const roles = useRoles()
  const format = useFormat()
  const typed = useMerged<{ readonly lines: readonly Line[] }>({ lines: newest.lines })
  const { lines } = typed.values
  const setLines = (next: readonly Line[]) => typed.set({ lines: next })
  const save = useWrite(casesApi.changeAuthority, {
    onDone: () => {
      typed.saved()
      notice.done(ui('saved'))
    },
  })
  const inWords = ({ role, mostMinor, tiers: only, gravest }: Line) =>
    [
      roles.nameOf(role),
      mostMinor === null ? t('setUp.noLimit') : format.money(mostMinor),
      only === null ? t('setUp.authority.allTiers') : only.map((tier) => t(`ui:tier.${tier}`)).join(ui('comma')),
      t(`severity.${gravest}`),
    ].join(ui('comma'))
  const change = (at: number, part: Partial<Line>) => setLines(lines.map((line, index) => (index === at ? { ...line, ...part } : line)))
  return (
    <>
      <p className="section-about">{about}</p>
      <VersionLine of={newest} />
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={() => t('setUp.authority.title')}
          shown={(_, theirs) => (theirs as readonly Line[]).map(inWords).join(' · ')}
          decide={typed.decide}
        />
      )}
      <Refused problem={isMeanwhile(save.problem) ? null : save.problem} />
      <DataTable
        name="case-authority"
        label={t('setUp.authority.title')}
        pages={{ items: lines.map((line, at) => ({ line, at })) }}
        rowKey={({ at }) => String(at)}
        columns={[
          {
            key: 'role',
            title: t('setUp.authority.role'),
            cell: ({ line, at }) => (
              <span className="case-cell">
                <Select
                  aria-label={t('setUp.authority.role')}
                  className="wide"
                  value={line.role}
                  options={roles.choices}
                  onChange={(role) => change(at, { role })}
                />
              </span>
            ),
          },
          {
            key: 'most',
            title: t('setUp.authority.most'),
            cell: ({ line, at }) => (
              <span className="case-cell">
                <NumberInput
                  kind="money"
                  aria-label={t('setUp.authority.most')}
                  value={line.mostMinor}
                  min={0}
                  onChange={(mostMinor) => change(at, { mostMinor })}
                />
                {line.mostMinor === null && <small className="muted">{t('setUp.noLimit')}</small>}
              </span>
            ),
          },
          {
            key: 'tiers',
            title: t('setUp.authority.tiers'),
            cell: ({ line, at }) => (
              <span className="case-cell">
                <Select
                  aria-label={t('setUp.authority.tiers')}
                  className="wide"
                  mode="multiple"
                  placeholder={t('setUp.authority.allTiers')}
                  value={line.tiers ?? []}
                  options={tiers.map((value) => ({ value, label: t(`ui:tier.${value}`) }))}
                  onChange={(chosen: (typeof tiers)[number][]) => change(at, { tiers: chosen.length === 0 ? null : chosen })}
                />
              </span>
            ),
          },
          {
            key: 'gravest',
            title: t('setUp.authority.gravest'),
            cell: ({ line, at }) => (
              <span className="case-cell">
                <Select<Severity>
                  aria-label={t('setUp.authority.gravest')}
                  className="wide"
                  value={line.gravest}
                  options={severities.map((value) => ({ value, label: t(`severity.${value}`) }))}
                  onChange={(gravest) => change(at, { gravest })}
                />
              </span>
            ),
          },
          {
            key: 'actions',
            title: t('setUp.actions'),
            cell: ({ line, at }) => (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('setUp.removeOf', { name: roles.nameOf(line.role) })}
                disabled={lines.length === 1}
                onClick={() => setLines(lines.filter((_, index) => index !== at))}
              />
            ),
          },
        ]}
      />
      <div className="row">
        <Button
          icon={<PlusOutlined />}
          onClick={() => setLines([...lines, { role: 'supervisor', mostMinor: 100_000, tiers: null, gravest: 2 }])}
        >
          {t('setUp.authority.add')}
        </Button>
        <Button
          type="primary"
          loading={save.pending}
          disabled={!typed.changed || isDisputed(typed.compared)}
          onClick={() => void save.send({ version: newest.version, lines: [...lines] }).catch(() => {})}
        >
          {t('setUp.publish')}
        </Button>
      </div>
    </>
  )
}
