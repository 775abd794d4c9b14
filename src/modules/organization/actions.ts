import type { Actions } from '#platform/module.ts'
import { auditActions } from './actions/audit.ts'
import { backupsActions } from './actions/backups.ts'
import { calendarActions } from './actions/calendars.ts'
import { departmentActions } from './actions/departments.ts'
import { notificationActions } from './actions/notifications.ts'
import { changeMyself, createFirstAdministrator, people, session, state } from './actions/session.ts'
import { changeSetting, settingHistory, settings } from './actions/settings.ts'
import { changeRolePermissions, changeUserAccess, changeUserRoles, createUser, replaceUserPassword, roles, users } from './actions/users.ts'
import type { api } from './api.ts'

export const actions: Actions<typeof api> = {
  ...departmentActions,
  ...auditActions,
  ...backupsActions,
  ...calendarActions,
  ...notificationActions,
  state,
  createFirstAdministrator,
  session,
  changeMyself,
  people,
  users,
  createUser,
  changeUserRoles,
  changeUserAccess,
  replaceUserPassword,
  roles,
  changeRolePermissions,
  settings,
  changeSetting,
  settingHistory,
}
