"""The statements that write a check: each reads its lines, writes the rows and leaves traces."""

# ruff: noqa: S608 (the statements are put together of constants; every value is a parameter)

from kompetanse.organisasjon.hr import spor

NEW_PEOPLE = f"""
WITH made AS (
    INSERT INTO organisasjon_ansatt AS a (kommune_id, number, first_name, last_name, email,
        birth_year, employed_from, left_on, enhet_id, kategori_id {{extra}})
    SELECT %(kommune)s, v.number, v.first_name, v.last_name, v.email, v.birth_year,
        v.employed_from, v.left_on, e.id, k.id {{values}}
    FROM hr_people v JOIN hr_units e ON e.code = v.unit JOIN hr_jobs k ON k.name = v.job
    WHERE v.kind = 'new'
    ON CONFLICT (kommune_id, number) DO NOTHING
    RETURNING a.*)
{spor.made("ansatt")}
"""


CHANGED_PEOPLE = f"""
WITH new AS (
    SELECT v.*, e.id AS enhet_id, k.id AS kategori_id
    FROM hr_people v JOIN hr_units e ON e.code = v.unit JOIN hr_jobs k ON k.name = v.job
    WHERE v.kind <> 'new'),
old AS (SELECT a.* FROM organisasjon_ansatt a JOIN new USING (id)),
done AS (
    UPDATE organisasjon_ansatt a SET first_name = new.first_name, last_name = new.last_name,
        email = new.email, birth_year = new.birth_year, employed_from = new.employed_from,
        left_on = new.left_on, enhet_id = new.enhet_id, kategori_id = new.kategori_id
    FROM new WHERE a.id = new.id
    RETURNING a.*)
{spor.changed("ansatt")}
"""


NEW_POSTS = f"""
WITH made AS (
    INSERT INTO organisasjon_stilling AS s (kommune_id, ansatt_id, enhet_id, kategori_id, code,
        percentage, is_permanent, starts, ends {{extra}})
    SELECT %(kommune)s, a.id, e.id, k.id, v.code, v.percentage, v.is_permanent, v.starts, v.ends
        {{values}}
    FROM hr_new_posts v
    JOIN hr_numbers a USING (number)
    JOIN hr_units e ON e.code = v.unit JOIN hr_jobs k ON k.name = v.job
    ORDER BY v.place
    RETURNING s.*)
{spor.made("stilling")}
"""


CHANGED_POSTS = f"""
WITH new AS (
    SELECT v.id, v.ends,
        CASE WHEN v.is_over THEN s.code ELSE v.code END AS code,
        CASE WHEN v.is_over THEN s.percentage ELSE v.percentage END AS percentage,
        CASE WHEN v.is_over THEN s.is_permanent ELSE v.is_permanent END AS is_permanent
    FROM hr_old_posts v JOIN organisasjon_stilling s USING (id)),
old AS (SELECT s.* FROM organisasjon_stilling s JOIN new USING (id)),
done AS (
    UPDATE organisasjon_stilling s SET code = new.code, percentage = new.percentage,
        is_permanent = new.is_permanent, ends = new.ends
    FROM new WHERE s.id = new.id
    RETURNING s.*)
{spor.changed("stilling")}
"""


LEAVERS = f"""
WITH old AS (
    SELECT a.* FROM organisasjon_ansatt a JOIN organisasjon_hrlinje l
        ON l.kommune_id = a.kommune_id AND (l.content ->> 'id')::bigint = a.id
    WHERE l.hrimport_id = %(run)s AND l.kind = 'missing' AND a.number = ANY(%(numbers)s)
        AND (a.left_on IS NULL OR a.left_on > %(left_on)s)),
done AS (
    UPDATE organisasjon_ansatt a SET left_on = %(left_on)s FROM old WHERE a.id = old.id
    RETURNING a.*)
{spor.changed("ansatt")}
"""


LEAVERS_POSTS = f"""
WITH old AS (
    SELECT s.* FROM organisasjon_stilling s JOIN organisasjon_ansatt a ON a.id = s.ansatt_id
    WHERE a.number = ANY(%(numbers)s) AND (s.ends IS NULL OR s.ends > %(last_day)s)),
done AS (
    UPDATE organisasjon_stilling s SET ends = GREATEST(%(last_day)s, s.starts)
    FROM old WHERE s.id = old.id
    RETURNING s.*)
{spor.changed("stilling")}
"""


# Whoever has left holds no role: who stands in line is asked of the roles.
LEAVERS_ROLES = f"""
WITH old AS (
    SELECT r.* FROM organisasjon_rolle r JOIN organisasjon_ansatt a ON a.id = r.ansatt_id
    WHERE a.number = ANY(%(numbers)s) AND (r.ends IS NULL OR r.ends > %(last_day)s)),
done AS (
    UPDATE organisasjon_rolle r SET ends = %(last_day)s, ended_by_id = %(by)s
    FROM old WHERE r.id = old.id
    RETURNING r.*)
{spor.changed("rolle")}
"""
