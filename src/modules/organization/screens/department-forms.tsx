import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import type { Department, Team, Tree } from './departments-page.tsx'

interface DepartmentValues {
  readonly name: string
  readonly parentId?: string | null
  readonly headId?: string | null
  readonly deputyIds?: string[]
  readonly calendarId?: string | null
}

export function DepartmentForm({ department, tree, close }: { department: Department | null; tree: Tree; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const calendars = useRead(api.calendars, {})
  const create = useWrite(api.createDepartment, { onDone: close })
  const change = useWrite(api.changeDepartment, { onDone: close })
  const write = department ? change : create
  const submit = ({ name, parentId = null, headId = null, deputyIds = [], calendarId = null }: DepartmentValues) => {
    const values = { name, parentId, headId, deputyIds, calendarId }
    return department ? change.send({ departmentId: department.id, version: department.version, ...values }) : create.send(values)
  }
  const others = tree.departments.filter(({ id }) => id !== department?.id).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Dialog title={department ? t('departments.changeDepartment') : t('departments.add')} onClose={close}>
      <Form<DepartmentValues>
        fields={[
          { name: 'name', kind: 'text', label: t('departments.name'), required: true, maxLength: 120, autoComplete: 'off' },
          {
            name: 'parentId',
            kind: 'choice',
            label: t('departments.parent'),
            options: others,
            search: true,
            placeholder: t('departments.top'),
          },
          { name: 'headId', kind: 'people', label: t('departments.head') },
          {
            name: 'deputyIds',
            kind: 'people',
            several: true,
            label: t('departments.deputies'),
            help: t('departments.deputiesHelp'),
          },
          {
            name: 'calendarId',
            kind: 'choice',
            label: t('departments.calendar'),
            placeholder: t('departments.calendarAbove'),
            options: (calendars.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          },
        ]}
        initial={department ? { ...department, deputyIds: [...department.deputyIds] } : { deputyIds: [] }}
        onSubmit={submit}
        problem={write.problem}
        pending={write.pending}
        submit={department ? ui('save') : ui('add')}
        cancel={close}
      />
    </Dialog>
  )
}

interface TeamValues {
  readonly name: string
  readonly departmentId: string
  readonly memberIds?: string[]
}

interface TeamFormProps {
  readonly team: Team | null
  readonly departmentId: string
  readonly tree: Tree
  readonly close: () => void
}

export function TeamForm({ team, departmentId, tree, close }: TeamFormProps) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const create = useWrite(api.createTeam, { onDone: close })
  const change = useWrite(api.changeTeam, { onDone: close })
  const write = team ? change : create
  const submit = ({ memberIds = [], ...values }: TeamValues) =>
    team ? change.send({ teamId: team.id, version: team.version, ...values, memberIds }) : create.send({ ...values, memberIds })
  return (
    <Dialog title={team ? t('departments.changeTeam') : t('departments.addTeam')} onClose={close}>
      <Form<TeamValues>
        fields={[
          { name: 'name', kind: 'text', label: t('departments.name'), required: true, maxLength: 120, autoComplete: 'off' },
          {
            name: 'departmentId',
            kind: 'choice',
            required: true,
            label: t('departments.department'),
            options: tree.departments.map(({ id, name }) => ({ value: id, label: name })),
          },
          { name: 'memberIds', kind: 'people', several: true, label: t('departments.members') },
        ]}
        initial={team ? { ...team, memberIds: [...team.memberIds] } : { departmentId, memberIds: [] }}
        onSubmit={submit}
        problem={write.problem}
        pending={write.pending}
        submit={team ? ui('save') : ui('add')}
        cancel={close}
      />
    </Dialog>
  )
}
