export { messageOf, SkillmeatError, systemCode, type ErrorCode } from "./errors.ts";
export { openHome, type Home, type HomeOptions } from "./home.ts";
export { homePaths, MANIFEST_NAME, type HomePaths } from "./paths.ts";
export { endOfLog, readChangesBehind, readPulse, type LogPlace } from "./cache/follow-changes.ts";
export { tellChanges } from "./cache/tell-changes.ts";
export { readRevision } from "./cache/commit.ts";
export { isCacheLost } from "./cache/unusable.ts";
export { artifactFolders } from "./artifacts/folders.ts";
export { typeOfFolder } from "./artifacts/layout.ts";
export type { Cache } from "./cache/open.ts";
export { isGitAtWork } from "./sync/git-lock.ts";
export { getBackup, listBackups } from "./sync/backup-files.ts";
export type { ManifestSyncService } from "./sync/manifest-sync-service.ts";
export { addArtifacts, type AddedArtifacts } from "./operations/add-artifacts.ts";
export { getArtifact, listArtifacts } from "./operations/artifacts.ts";
export {
  createCollection,
  getCollection,
  listCollections,
  updateCollection,
} from "./operations/collections.ts";
export { copyGroup } from "./operations/copy-group.ts";
export {
  deleteCollection,
  unsavedCollection,
  type DeletedCollection,
} from "./operations/delete-collection.ts";
export {
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  reorderGroups,
  updateGroup,
} from "./operations/groups.ts";
export { importCollection } from "./operations/import-collection.ts";
export { linkCollection } from "./operations/link-collection.ts";
export { listLosses, resolveLosses } from "./operations/losses.ts";
export { readContent } from "./operations/artifact-content.ts";
export { moveMembers } from "./operations/move-members.ts";
export { addMembers, removeMembers, reorderMembers } from "./operations/members.ts";
export { removeArtifact, type RemovedArtifact } from "./operations/remove-artifact.ts";
export { setArtifactTags, tagArtifacts } from "./operations/set-tags.ts";
export { listTrash, findInTrash } from "./operations/list-trash.ts";
export { restoreArtifact, restoreCollection } from "./operations/restore-trash.ts";
export { listChanges } from "./history/list-changes.ts";
export { undoChange } from "./history/undo.ts";
export { createTag, deleteTag, getTag, listTags, updateTag } from "./operations/tags.ts";
export { collectionPaths, readableLinks } from "./settings/collection-paths.ts";
export * from "./schema/index.ts";
