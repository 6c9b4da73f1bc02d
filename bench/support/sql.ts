// Each statement gives one text: the reply's items as JSON, as SkillMeat gives them.

/** All groups with their members: texts put together, which is faster than to make JSON of JSON. */
export const listGroups = `
select '{"items":[' || group_concat(item, ',') || ']}' from (
  select '{"members":[' || coalesce((
    select group_concat(
      '{"ref":' || json_quote(ref) || ',"artifactId":' || json_quote(type || ':' || name) || '}', ','
    ) from (
      select ref, type, name from group_members left join artifacts on artifacts.id = artifact_id
      where group_id = groups.id order by group_members.position
    )
  ), '') || '],' || substr(json_object(
    'id', id, 'collection', 'default', 'name', name, 'description', description,
    'color', color, 'icon', icon, 'position', position
  ), 2) as item from groups where collection_id = 1 order by position, id
)`;

/** Those that carry the tag of a slug. */
export const matchesTag = "id in (select artifact_id from artifact_tags where slug = ?)";

/** Those that hold a text, which is given for each place where it may stand. */
export const matchesSearch = `(
  name like ? or title like ? or description like ? or id in (
    select artifact_id from artifact_tags where slug in (
      select slug from tags where collection_id = 1 and (slug like ? or name like ?)
    )
  )
)`;

/** The same, faster where another condition leaves few. */
export const alsoMatchesSearch = `(
  name like ? or title like ? or description like ? or exists (
    select 1 from artifact_tags join tags using (slug)
    where artifact_id = artifacts.id and collection_id = 1 and (slug like ? or tags.name like ?)
  )
)`;

/** A page of 50 artifacts by name, with their tags and groups. */
export function listArtifacts(conditions: readonly string[]): string {
  return `
select json_object('items', json_group_array(json(item) order by name_key, type, name)) from (
  select name_key, type, name, json_object(
    'id', type || ':' || name, 'type', type, 'name', name,
    'title', title, 'description', description,
    'tags', json((
      select json_group_array(slug order by origin, position)
      from artifact_tags where artifact_id = artifacts.id
    )),
    'groups', json((
      select json_group_array(groups.name order by groups.position)
      from group_members join groups on groups.id = group_id where artifact_id = artifacts.id
    )),
    'path', path, 'missing', json(iif(missing, 'true', 'false'))
  ) as item
  from artifacts where collection_id = 1 and ${conditions.join(" and ")}
  order by name_key, type, name limit 50
)`;
}
