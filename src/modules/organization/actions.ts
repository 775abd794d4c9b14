import type { Actions } from '#platform/module.ts'
import { absenceActions } from './actions/absences.ts'
import * as access from './actions/access.ts'
import { auditActions } from './actions/audit.ts'
import { backupsActions } from './actions/backups.ts'
import { calendarActions } from './actions/calendars.ts'
import { customerPageActions } from './actions/customer-pages.ts'
import { departmentActions } from './actions/departments.ts'
import { acceptInvitation, invitations, invite, openInvitation, renewInvitation, revokeInvitation } from './actions/invitations.ts'
import { notificationActions } from './actions/notifications.ts'
import { roleActions } from './actions/roles.ts'
import { changeMyself, createFirstAdministrator, people, session, state } from './actions/session.ts'
import { changeSetting, settingHistory, settings } from './actions/settings.ts'
import { setSingleSignOnSecret, singleSignOn } from './actions/single-sign-on.ts'
import { staffActions } from './actions/staff.ts'
import { changeRolePermissions, changeUserAccess, changeUserRoles, replaceUserPassword, roles, users } from './actions/users.ts'
import type { api } from './api.ts'

export const actions: Actions<typeof api> = {
  ...departmentActions,
  ...staffActions,
  ...absenceActions,
  ...roleActions,
  ...auditActions,
  ...backupsActions,
  ...calendarActions,
  ...notificationActions,
  ...customerPageActions,
  state,
  createFirstAdministrator,
  session,
  changeMyself,
  people,
  users,
  changeUserRoles,
  changeUserAccess,
  replaceUserPassword,
  roles,
  changeRolePermissions,
  settings,
  changeSetting,
  settingHistory,
  ...access,
  invitations,
  invite,
  renewInvitation,
  revokeInvitation,
  openInvitation,
  acceptInvitation,
  singleSignOn,
  setSingleSignOnSecret,
}
