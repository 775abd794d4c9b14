import { Button, Checkbox } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { Compared, useMerged } from '#ui/compared.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { TableScroll } from '#ui/table-scroll.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { modulesThatSpeak, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type Scope, scopes } from '../domain.ts'
import { OwnRoles } from './own-roles.tsx'
import { useRoleName } from './role-names.ts'
import './organization.css'

type Answer = ResultOf<typeof api.roles>
type Permission = Answer['permissions'][number]
/** Every cell of the table by role and permission, as one record: so that what somebody else changes meanwhile can be compared cell by cell. */
type Cells = Readonly<Record<string, Scope | null>>
const cellOf = (role: string, permission: string) => `${role} ${permission}`
const cellsOf = ({ roles, permissions }: Answer): Cells =>
  Object.fromEntries(
    roles.flatMap((role) => permissions.map(({ name }) => [cellOf(role.name, name), role.permissions[name] ?? null] as const)),
  )

/** One table: every permission against every role, and how far it reaches. */
export function RolesPage() {
  const t = useWords('organization')
  const answer = useRead(api.roles, {})
  if (answer.data) return <Roles answer={answer.data} />
  return (
    <Page title={t('roles.title')} about={t('roles.about')}>
      <Loaded of={answer}>{() => null}</Loaded>
    </Page>
  )
}

function Roles({ answer }: { answer: Answer }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const roleName = useRoleName()
  const nameOf = useNameOf()
  const change = useWrite(api.changeRolePermissions)
  const newest = cellsOf(answer)
  const typed = useMerged(newest)
  const save = async () => {
    try {
      await change.send({ before: changedOf(newest, typed.values, newest), after: changedOf(newest, typed.values, typed.values) })
      typed.saved()
      notice.done(ui('saved'))
    } catch (problem) {
      notice.refused(problem)
    }
  }
  return (
    <Page
      title={t('roles.title')}
      about={t('roles.about')}
      actions={
        <Button type="primary" disabled={!typed.changed} loading={change.pending} onClick={() => void save()}>
          {t('roles.save')}
        </Button>
      }
    >
      {typed.compared && (
        <Compared
          compared={typed.compared}
          decide={typed.decide}
          label={(cell) => {
            const [role, permission] = cell.split(' ') as [string, string]
            return t('roles.grant', { role: roleName(role), permission: nameOf(permission) })
          }}
          shown={(_, scope) => (scope === null ? ui('meanwhile.nothing') : t(`scope.${scope}`))}
        />
      )}
      <Matrix
        roles={answer.roles.map((role) => role.name)}
        permissions={answer.permissions}
        held={typed.values}
        set={(role, permission, scope) => typed.set({ [cellOf(role, permission)]: scope })}
      />
      <OwnRoles />
    </Page>
  )
}

/** The cells that differ, by role and permission, as they stand in one of the two. */
function changedOf(newest: Cells, typed: Cells, as: Cells): Record<string, Record<string, Scope | null>> {
  const changed: Record<string, Record<string, Scope | null>> = {}
  for (const cell of Object.keys(typed)) {
    if ((typed[cell] ?? null) === (newest[cell] ?? null)) continue
    const [role, permission] = cell.split(' ') as [string, string]
    changed[role] = { ...changed[role], [permission]: as[cell] ?? null }
  }
  return changed
}

function useNameOf() {
  const t = useWords('organization', ...modulesThatSpeak)
  return (permission: string) => {
    const [module, right] = permission.split('.')
    return t(`${module}:permission.${right}`)
  }
}

interface MatrixProps {
  readonly roles: readonly string[]
  readonly permissions: readonly Permission[]
  readonly held: Cells
  readonly set: (role: string, permission: string, scope: Scope | null) => void
}

function Matrix({ roles, permissions, held, set }: MatrixProps) {
  const t = useWords('organization')
  const nameOf = useNameOf()
  const roleName = useRoleName()
  return (
    <TableScroll label={t('roles.title')}>
      <table className="table matrix">
        <caption className="hidden">{t('roles.about')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('roles.permission')}</th>
            {roles.map((role) => (
              <th scope="col" key={role}>
                {roleName(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map(({ name, scoped }) => (
            <tr key={name}>
              <th scope="row">
                {nameOf(name)} <small className="muted">{name}</small>
              </th>
              {roles.map((role) => (
                <td key={role} data-label={roleName(role)}>
                  <Grant
                    label={t('roles.grant', { role: roleName(role), permission: nameOf(name) })}
                    scoped={scoped}
                    scope={held[cellOf(role, name)] ?? null}
                    disabled={role === 'administrator' || name === 'organization.read'}
                    set={(scope) => set(role, name, scope)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

interface GrantProps {
  readonly label: string
  readonly scoped: boolean
  readonly scope: Scope | null
  readonly disabled: boolean
  readonly set: (scope: Scope | null) => void
}

/** The browser's own list where there is a scope to choose: hundreds of them stand on the page. */
function Grant({ label, scoped, scope, disabled, set }: GrantProps) {
  const t = useWords('organization')
  if (!scoped)
    return (
      <Checkbox
        checked={scope !== null}
        disabled={disabled}
        onChange={(event) => set(event.target.checked ? 'all' : null)}
        aria-label={label}
      />
    )
  return (
    <select
      className={`scope${scope === null ? ' muted' : ''}`}
      aria-label={label}
      value={scope ?? ''}
      disabled={disabled}
      onChange={(event) => set(event.target.value === '' ? null : (event.target.value as Scope))}
    >
      <option value="">—</option>
      {scopes.map((one) => (
        <option key={one} value={one}>
          {t(`scope.${one}`)}
        </option>
      ))}
    </select>
  )
}
