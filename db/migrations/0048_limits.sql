-- What somebody has in hand, of a team and about a product: counted before one more is taken on, where there is a limit.
create index case_in_hand_of_team on cases.case (team_id) where state = 'open' and owner_id is not null and team_id is not null;
create index case_in_hand_of_product on cases.case (product_code) where state = 'open' and owner_id is not null and product_code is not null;
