export { messageOf, SkillmeatError, systemCode, type ErrorCode } from "./errors.ts";
export { openHome, type Home, type HomeOptions } from "./home.ts";
export { homePaths, MANIFEST_NAME, type HomePaths } from "./paths.ts";
export { isCacheLost } from "./cache/unusable.ts";
export type { Cache } from "./cache/open.ts";
export type { ManifestSyncService } from "./sync/service.ts";
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
export { addMembers, removeMembers, reorderMembers } from "./operations/members.ts";
export { removeArtifact, type RemovedArtifact } from "./operations/remove-artifact.ts";
export { setArtifactTags } from "./operations/set-tags.ts";
export { createTag, deleteTag, getTag, listTags, updateTag } from "./operations/tags.ts";
export * from "./schema/index.ts";
