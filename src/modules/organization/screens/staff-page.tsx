import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { TermsInput } from '#ui/terms-input.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { languages, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { skillNames, traitNames } from '../domain/staff.ts'
import { languages as allLanguages } from '../domain.ts'
import { Absences } from './absences.tsx'

type Member = ResultOf<typeof api.staff>['items'][number]

/** What everybody does for customers and what they are able to. */
export function StaffPage() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const { may } = useSession()
  const pages = usePages(api.staff, { limit: 100 })
  const tree = useRead(api.departments, {})
  const [open, setOpen] = useState<string | null>(null)
  const teamNames = new Map(tree.data?.teams.map(({ id, name }) => [id, name]))
  const shown = pages.items.filter(({ enabled }) => enabled)
  const opened = shown.find(({ userId }) => userId === open)
  const withoutRole = useRead(api.staffSummary, {}).data?.withoutValueRole ?? 0
  const columns: Column<Member>[] = [
    { key: 'name', title: t('staff.person'), cell: (member) => member.name },
    { key: 'title', title: t('staff.jobTitle'), cell: (member) => member.title },
    {
      key: 'valueRole',
      title: t('staff.valueRole'),
      cell: (member) => member.valueRole ?? <span className="muted">{t('staff.noRole')}</span>,
    },
    { key: 'teams', title: t('staff.teams'), cell: (member) => member.teamIds.map((id) => teamNames.get(id) ?? '').join(ui('comma')) },
    {
      key: 'experience',
      title: t('staff.experience'),
      cell: (member) => (member.experience === null ? null : t(`staff.level.${member.experience}`)),
    },
    ...(may('organization.write-staff')
      ? [
          {
            key: 'actions',
            title: t('users.actionsHeading'),
            cell: (member: Member) => (
              <Button size="small" onClick={() => setOpen(member.userId)} aria-label={t('staff.change', { name: member.name })}>
                {t('departments.change')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Page title={t('staff.title')} about={t('staff.about')}>
      {withoutRole > 0 && <Alert className="said" type="info" showIcon title={t('staff.missing', { count: withoutRole })} />}
      <DataTable
        name="staff"
        label={t('staff.title')}
        columns={columns}
        pages={{ ...pages, items: shown }}
        rowKey={(member) => member.userId}
      />
      {may('organization.write-staff') && <Absences everybody />}
      {opened && (
        <StaffForm member={opened} known={[...new Set(shown.flatMap(({ fields }) => fields))].toSorted()} close={() => setOpen(null)} />
      )}
    </Page>
  )
}

/** Scores lie flat in the form, as `skill.attitude`. */
type Values = Readonly<Record<string, unknown>>

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const lines = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function StaffForm({ member, known, close }: { member: Member; known: readonly string[]; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const write = useWrite(api.changeStaff, { onDone: close })
  const levels = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: t(`staff.level.${value}`) }))
  const scores = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value }))
  const score = (group: 'skill' | 'trait', name: string): Field<Values> => ({
    name: `${group}.${name}`,
    kind: 'choice',
    label: t(`staff.${group}.${name}`),
    options: scores,
  })
  const scored = (group: 'skill' | 'trait', names: readonly string[], values: Values) =>
    Object.fromEntries(names.flatMap((name) => (values[`${group}.${name}`] ? [[name, Number(values[`${group}.${name}`])]] : [])))
  const submit = (values: Values) =>
    write.send({
      userId: member.userId,
      version: member.version,
      title: text(values.title),
      valueRole: text(values.valueRole),
      experience: values.experience ? Number(values.experience) : null,
      skills: scored('skill', skillNames, values),
      traits: scored('trait', traitNames, values),
      languages: allLanguages.filter((one) => lines(values.languages).includes(one)),
      fields: lines(values.fields).map(String),
    })
  const initial: Values = {
    title: member.title,
    valueRole: member.valueRole,
    experience: member.experience === null ? null : String(member.experience),
    languages: member.languages,
    fields: member.fields,
    ...Object.fromEntries(Object.entries(member.skills).map(([name, level]) => [`skill.${name}`, String(level)])),
    ...Object.fromEntries(Object.entries(member.traits).map(([name, level]) => [`trait.${name}`, String(level)])),
  }
  return (
    <Dialog title={member.name} onClose={close} wide>
      <Form<Values>
        columns={2}
        fields={[
          { name: 'title', kind: 'text', label: t('staff.jobTitle'), maxLength: 120 },
          { name: 'experience', kind: 'choice', label: t('staff.experience'), help: t('staff.experienceHelp'), options: levels },
          {
            name: 'valueRole',
            kind: 'area',
            rows: 2,
            wide: true,
            label: t('staff.valueRole'),
            help: t('staff.valueRoleHelp'),
            maxLength: 500,
          },
          {
            name: 'languages',
            kind: 'choice',
            several: true,
            label: t('staff.languages'),
            help: t('staff.languagesHelp'),
            options: allLanguages.map((value) => ({ value, label: languages[value] })),
          },
          { name: 'fields', kind: 'own', label: t('staff.fields'), help: t('staff.fieldsHelp'), control: <TermsInput offered={known} /> },
          ...skillNames.map((name) => score('skill', name)),
          ...traitNames.map((name) => score('trait', name)),
        ]}
        initial={initial}
        onSubmit={submit}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
      <Slot name="organization.staff" give={{ userId: member.userId, skills: member.skills }} />
    </Dialog>
  )
}
