"""The invented schools that the benchmarks make reports of."""

from collections import Counter

from benchmarks.schools import schools, write_schools

from analysis import read_dataset, read_workforce


def test_the_same_seed_writes_the_same_bytes_and_another_seed_does_not(tmp_path):
    first, again, other = (
        write_schools(tmp_path / f"{turn}.csv", schools(40, seed)).read_bytes()
        for turn, seed in enumerate((1, 1, 2))
    )
    assert first == again != other


def test_fewer_schools_are_the_first_of_more():
    assert schools(24) == schools(60)[:24]


def test_a_county_is_read_with_every_school_post_and_person(tmp_path):
    made = schools(518)
    roles = read_dataset("data").roles
    read = read_workforce(write_schools(tmp_path / "schools.csv", made), roles)
    assert read.schools["school"].to_dict() == {one.urn: one.name for one in made}
    assert len(read.posts) == sum(len(one.posts) for one in made)
    assert read.posts["headcount"].sum() == sum(post[1] for one in made for post in one.posts)


def test_twenty_four_schools_have_each_sign_a_long_name_and_twins():
    names = [one.name for one in schools(24)]
    for sign in "'&(),-":
        assert any(sign in name for name in names), sign
    assert 70 <= max(map(len, names)) <= 90
    assert [count for count in Counter(names).values() if count > 1] == [2]


def test_only_two_pairs_of_a_county_share_a_name():
    names = Counter(one.name for one in schools(518))
    assert sorted(count for count in names.values() if count > 1) == [2, 2]


def test_a_county_has_the_kinds_and_sizes_of_a_real_one():
    made = schools(518)
    kinds = Counter(one.kind for one in made)
    assert 180 < kinds["Community school"] < 240
    assert 100 < sum(count for kind, count in kinds.items() if "cademy" in kind) < 160
    assert min(one.pupils for one in made) < 25
    assert max(one.pupils for one in made) > 1100
    posts = [len(one.posts) for one in made]
    assert min(posts) < 10
    assert max(posts) > 25


def test_no_post_has_more_full_time_equivalent_than_people():
    posts = [post for one in schools(518) for post in one.posts]
    assert all(0 < fte <= people for _, people, fte in posts)
